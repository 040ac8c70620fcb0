/** Verifies evidence, one day after the other. */
import type { KeyObject } from 'node:crypto';
import { prefixes, runOf } from '../../handlers/shared/bucket-layout';
import { type ChainReport, chainReport } from './chain-report';
import { findHead, lastExpiredNumber, lostRuns } from './chain';
import { manifestVersionFindings } from './manifest-versions';
import type { Chain } from './chain-entry';
import type { EvidenceStore } from './evidence-store';
import { isDate } from './other-objects';
import { type StoredChain, readChain } from './read-chain';
import { EvidenceReader, storedKeys } from './reader';
import { isExpired } from './retention';
import { type DayReport, type RunOfDay, verifyDay } from './verify-day';

export interface VerifyProps {
  /** @default - every environment that has manifests */
  readonly environment?: string | undefined;
  /** First and last day, YYYY-MM-DD. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** @default - signatures are checked with the keys in the store, which anybody who can write to it can replace */
  readonly publicKeys?: readonly KeyObject[] | undefined;
  /** Hash of a manifest that has to be in a chain. */
  readonly expectHead?: string | undefined;
  readonly now: Date;
  readonly onProgress?: (text: string, done: number, total: number) => void;
}

export type Event = ({ kind: 'chain' } & ChainReport) | ({ kind: 'day' } & DayReport);

/** There is nothing that could be verified. */
export class NothingToVerify extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 2,
  ) {
    super(message);
  }
}

/** Every chain, then every day, as soon as it is verified. */
export async function* verify(store: EvidenceStore, props: VerifyProps): AsyncGenerator<Event, undefined> {
  const { environment, now, publicKeys, onProgress = () => undefined } = props;
  const environments = await environmentsIn(store, environment);
  const chains: StoredChain[] = [];
  for (const name of environments)
    chains.push(
      await readChain(store, name, (done, total) => {
        onProgress(`Manifests of ${name}`, done, total);
      }),
    );
  const isSelected = (chain: Chain) => environment === undefined || chain.environment === environment;
  const { expectHead = '' } = props;
  const selected = chains.filter(isSelected);
  for (const chain of selected) {
    const isHeadElsewhere = selected.some(
      (other) => other !== chain && findHead(other, expectHead) !== undefined,
    );
    const expired = lastExpiredNumber(chain, now);
    const versions = await manifestVersionFindings(store, chain.environment, (number) => number <= expired);
    const report = chainReport(chain, { ...props, isHeadElsewhere });
    yield { kind: 'chain', ...report, findings: [...report.findings, ...versions] };
  }

  const isInRange = (date: string) => (props.from ?? '') <= date && date <= (props.to ?? '9999-99-99');
  const runs = chains
    .flatMap((chain) => runsOf(chain, isSelected(chain), now))
    .filter(({ date }) => isInRange(date));
  const byDate = Map.groupBy(runs, ({ date }) => date);
  const lost = new Map(
    chains
      .filter(isSelected)
      .flatMap((chain) =>
        [...lostRuns(chain)].flatMap(([number, { date, execution, startedAt }]) =>
          isExpired(startedAt, chain.entries, number, now) ? [] : [[runOf(date, execution), number] as const],
        ),
      ),
  );
  const lostOf = (date: string) => new Map([...lost].filter(([run]) => run.startsWith(`${date}/`)));
  const dates = new Set([
    ...byDate.keys(),
    ...Array.from(lost.keys(), (run) => run.slice(0, 10)),
    ...(await datesIn(store)),
  ]);
  const reader = new EvidenceReader(store, { pinned: publicKeys, stored: await storedKeys(store) });
  const unreadableManifests = new Set(
    chains.flatMap(({ broken }) =>
      broken.filter(({ finding: { status } }) => status === 'unreadable').map(({ key }) => key),
    ),
  );
  const total = runs.reduce((sum, { objects }) => sum + objects, 0);
  let done = 0;
  const days = [...dates].filter(isInRange).sort();
  if (days.length === 0) throw new NothingToVerify(nothingInRange([...dates]));
  for (const date of days) {
    const onObject = () => {
      onProgress(date, ++done, total);
    };
    yield {
      kind: 'day',
      ...(await verifyDay(reader, {
        date,
        runs: byDate.get(date) ?? [],
        lostRuns: lostOf(date),
        unreadableManifests,
        onObject,
      })),
    };
  }
}

function nothingInRange(dates: readonly string[]): string {
  const [first, last] = [[...dates].sort()[0], [...dates].sort().at(-1)];
  return first === undefined
    ? 'there is no day that could be verified'
    : `there is no day that could be verified in this range; there are days from ${first} to ${last}`;
}

async function environmentsIn(store: EvidenceStore, wanted: string | undefined): Promise<string[]> {
  const found = await store.folders(prefixes.allManifests);
  if (found.length === 0) throw await withoutManifests(store);
  if (wanted !== undefined && !found.includes(wanted))
    throw new NothingToVerify(
      `${store.name} has no manifests of the environment ${wanted}, but of ${found.join(', ')}`,
    );
  return found;
}

/** Somebody named another folder, or somebody removed every manifest. */
async function withoutManifests(store: EvidenceStore): Promise<NothingToVerify> {
  const none = `${store.name} has no folder ${prefixes.allManifests}`;
  for await (const key of store.keys(prefixes.runs))
    if (key.endsWith('/view.json'))
      return new NothingToVerify(`${none}, but finished runs, such as ${key}: every manifest was removed`, 1);
  for (const folder of (await store.folders('')).slice(0, 20))
    if ((await store.folders(`${folder}/${prefixes.allManifests}`)).length > 0)
      return new NothingToVerify(
        `${none}, but ${store.name.replace(/\/$/, '')}/${folder} has it: name that one`,
      );
  return new NothingToVerify(`${none}; name the folder or the prefix that has it`);
}

function runsOf(
  chain: StoredChain,
  isSelected: boolean,
  now: Date,
): (RunOfDay & { date: string; objects: number })[] {
  const { entries, signatures, objects } = chain;
  return entries.map((entry) => ({
    entry,
    date: entry.header.date,
    signatures: signatures.get(entry.key) ?? [],
    isExpired: isExpired(entry.header.startedAt, entries, entry.number, now),
    isSelected,
    objects: isSelected ? (objects.get(entry.number) ?? 0) : 0,
  }));
}

/** Dates that have reports, outcomes or summaries. */
async function datesIn(store: EvidenceStore): Promise<string[]> {
  const folders = await Promise.all(
    ['', prefixes.allServiceCredentials, prefixes.runs, prefixes.allOutcomes].map((prefix) =>
      store.folders(prefix),
    ),
  );
  return folders.flat().filter(isDate);
}
