/** The rules of the chain: manifests of an environment are numbered, and each names the hash of the one before. */
import type { Manifest } from '../../handlers/core/manifest';
import { keys, runOf } from '../../handlers/shared/bucket-layout';
import type { Chain, ChainEntry } from './chain-entry';
import { type Finding, finding } from './findings';
import { isExpired } from './retention';

/** Runs that later manifests name and whose own manifest does not exist, by number. */
export function lostRuns({ entries, broken }: Chain): Map<number, Manifest['recent'][number]> {
  const present = new Set([...entries, ...broken].map(({ number }) => number));
  const named = entries.flatMap(({ header }) => header.recent);
  return new Map(named.filter(({ number }) => !present.has(number)).map((run) => [run.number, run]));
}

/** Everything that is wrong with a chain. */
export function chainFindings(chain: Chain, now: Date): Finding[] {
  const { environment, entries, broken } = chain;
  const hashes = new Map([...entries, ...broken].map(({ number, sha256 }) => [number, sha256]));
  return [
    ...gaps(chain, now),
    ...broken.map((entry) => entry.finding),
    ...entries.flatMap((entry) => [
      ...placeFindings(entry, environment),
      ...linkFindings(entry, environment, hashes),
    ]),
    ...duplicates(entries),
    ...shorterRetention(entries),
  ];
}

/**
 * The number of the last manifest that the retention period may have removed. Numbers follow the order of time: what comes
 * before an expired one has expired too.
 */
export function lastExpiredNumber(chain: Chain, now: Date): number {
  const { entries } = chain;
  const runs = [...lostRuns(chain).values(), ...entries.map(({ header, number }) => ({ ...header, number }))];
  const expired = runs.filter(({ startedAt, number }) => isExpired(startedAt, entries, number, now));
  return Math.max(0, ...expired.map(({ number }) => number));
}

function gaps(chain: Chain, now: Date): Finding[] {
  const { environment, entries, broken } = chain;
  const present = new Set([...entries, ...broken].map(({ number }) => number));
  const lost = lostRuns(chain);
  const lastExpired = lastExpiredNumber(chain, now);
  return absentRanges(present, lastExpired).map(({ from, to, status }) => {
    const run = lost.get(from);
    const of = run && from === to ? ` of ${runOf(run.date, run.execution)}` : '';
    const what = from === to ? `manifest ${from}${of}` : `manifests ${from} to ${to}`;
    return finding(
      status,
      keys.manifest(environment, from),
      status === 'expired' ? `${what}: older than the retention period` : `gap in the chain: ${what}`,
    );
  });
}

/** Whoever puts a manifest with a great number there makes a great gap: it is not counted through. */
function absentRanges(present: ReadonlySet<number>, lastExpired: number) {
  const numbers = [...present].sort((one, other) => one - other);
  return numbers
    .flatMap((number, index) => {
      const [from, to] = [(numbers[index - 1] ?? 0) + 1, number - 1];
      return [
        { from, to: Math.min(to, lastExpired), status: 'expired' as const },
        { from: Math.max(from, lastExpired + 1), to, status: 'missing' as const },
      ];
    })
    .filter(({ from, to }) => from <= to);
}

/** What is wrong with the place of a manifest: its number and its environment. */
export function placeFindings(
  { key, number, header }: Pick<ChainEntry, 'key' | 'number' | 'header'>,
  environment: string,
): Finding[] {
  return [
    ...(header.number === number
      ? []
      : [finding('altered', key, `it is manifest ${header.number}, not ${number}`)]),
    ...(header.environment === environment
      ? []
      : [finding('altered', key, `it belongs to the environment ${header.environment}`)]),
  ];
}

function linkFindings(
  { key, number, header: { previous } }: ChainEntry,
  environment: string,
  hashes: ReadonlyMap<number, string | null>,
): Finding[] {
  if (number === 1)
    return previous === null
      ? []
      : [finding('altered', key, `it is the first, but names ${previous.key} before it`)];
  const before = keys.manifest(environment, number - 1);
  if (previous?.key !== before)
    return [finding('altered', key, `fork: it names ${previous?.key ?? 'nothing'} before it, not ${before}`)];
  if (previous.sha256 === null)
    return [
      finding(
        'note',
        before,
        `it could not be read when manifest ${number} was written, which names no hash of it`,
      ),
    ];
  const hash = hashes.get(number - 1);
  if (hash === undefined || hash === null || hash === previous.sha256) return [];
  return [
    finding('altered', before, `its SHA-256 is ${hash}, but manifest ${number} names ${previous.sha256}`),
  ];
}

function duplicates(entries: readonly ChainEntry[]): Finding[] {
  const runs = Map.groupBy(entries, ({ header }) => runOf(header.date, header.execution));
  return [...runs].flatMap(([run, [first, ...others]]) =>
    others.map(({ key }) =>
      finding('altered', key, `fork: ${run} is manifest ${first?.number ?? 0} already`),
    ),
  );
}

/** A shorter period makes older evidence expire, so whoever adds a manifest that names one can hide what was deleted. */
function shorterRetention(entries: readonly ChainEntry[]): Finding[] {
  const days = ({ header }: ChainEntry) => header.retentionDays ?? Infinity;
  return entries.flatMap((entry, index) => {
    const before = entries[index - 1];
    if (!before || days(entry) >= days(before)) return [];
    const was = before.header.retentionDays ?? 'no';
    return finding(
      'note',
      entry.key,
      `it names ${days(entry)} days of retention, and manifest ${before.number} ${was}: what is older counts as expired`,
    );
  });
}

/** The manifest with a hash, and how many came after it. */
export function findHead(
  { entries }: Chain,
  hash: string,
): { readonly number: number; readonly after: number } | undefined {
  const found = entries.find(({ sha256 }) => sha256 === hash);
  return (
    found && { number: found.number, after: entries.filter(({ number }) => number > found.number).length }
  );
}
