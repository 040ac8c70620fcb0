/** What lies below the prefixes of a date, besides its reports. */
import { keys, prefixes, runOfOutcomes } from '../../handlers/shared/bucket-layout';
import { BatchOutcomes, type Collected, type Outcome } from '../../handlers/shared/run-files';
import { runOfFile } from './other-objects';
import type { EvidenceReader } from './reader';

/** Keys by run. */
export interface DayContents {
  readonly outcomes: ReadonlyMap<string, readonly string[]>;
  /** The files of summaries. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

export async function readDayContents({ store }: EvidenceReader, date: string): Promise<DayContents> {
  return {
    outcomes: await byRun(store.keys(prefixes.outcomesOfDate(date)), runOfOutcomes),
    files: await byRun(store.keys(`${prefixes.runs}${date}/`), runOfFile),
  };
}

async function byRun(listed: AsyncIterable<string>, runOfKey: (key: string) => string | undefined) {
  const found = new Map<string, string[]>();
  for await (const key of listed) {
    const run = runOfKey(key);
    if (run === undefined) continue;
    const known = found.get(run);
    if (known) known.push(key);
    else found.set(run, [key]);
  }
  return found;
}

/** Whether a run has published its page. */
export const hasView = ({ files }: DayContents, run: string): boolean =>
  files.get(run)?.includes(keys.view(run)) ?? false;

/** Keys of the signatures of the view of a run. */
export const viewSignatures = ({ files }: DayContents, run: string): string[] =>
  files.get(run)?.filter((key) => key.startsWith(`${prefixes.runs}${run}/view.`) && key.endsWith('.sig')) ??
  [];

type Stored = Pick<Collected, 'key' | 'sha256' | 'collectedAt'>;

function storedObjects(outcome: Outcome): Stored[] {
  if (outcome.outcome !== 'collected') return [];
  const { serviceCredentials: list } = outcome;
  return list?.outcome === 'collected' ? [outcome, list] : [outcome];
}

/**
 * The reports and lists that a run says to have stored in its outcomes. Outcomes that cannot be read name none.
 * @param known - keys of outcomes that are left out
 */
export async function collectedBy(
  reader: EvidenceReader,
  { outcomes }: DayContents,
  run: string,
  known: ReadonlySet<string> = new Set(),
): Promise<Stored[]> {
  const collected: Stored[] = [];
  for (const key of (outcomes.get(run) ?? []).filter((one) => !known.has(one))) {
    const read = await reader.content(key);
    if ('found' in read && read.found) collected.push(...collectedIn(read.found));
  }
  return collected;
}

function collectedIn(content: Uint8Array): Stored[] {
  try {
    const { data } = BatchOutcomes.safeParse(JSON.parse(Buffer.from(content).toString()));
    return data?.outcomes.flatMap(storedObjects) ?? [];
  } catch {
    return [];
  }
}
