/** What the page draws of the runs so far. Each run writes the lines of the run before and its own, as JSON Lines. */
import * as z from 'zod/mini';
import { severities } from '../checks/check';
import type { RunContent } from './manifest';

/** Most runs in a history, its own included. */
export const HISTORY_RUNS = 90;

/** Longest line, bytes: more than twice what the largest numbers take. */
const MAX_LINE_BYTES = 1024;
/** No history that a run wrote is larger, bytes. */
export const MAX_HISTORY_BYTES = HISTORY_RUNS * MAX_LINE_BYTES;

const count = z.int().check(z.nonnegative());

/** A run in the history. */
const HistoryRun = z.object({
  date: z.string(),
  execution: z.string(),
  startedAt: z.string(),
  expected: count,
  collected: count,
  users: count,
  /** Those that are not exempt, by severity. */
  findings: z.record(z.enum(severities), count),
  /** Mean age of the active access keys of users, days; null if there are none, or if no age is known. */
  meanKeyAge: z.nullable(z.number()),
  /** Since an earlier day; null if the run was compared with none. */
  newFindings: z.nullable(count),
  resolvedFindings: z.nullable(count),
});
export type HistoryRun = z.infer<typeof HistoryRun>;

/** The history with a run at its end. */
export function historyWith(earlier: readonly HistoryRun[], run: RunContent): HistoryRun[] {
  const { date, execution, startedAt, totals, keyAges, changes } = run;
  const { expected, collected, users, findingsBySeverity: findings } = totals;
  const last = {
    ...{ date, execution, startedAt, expected, collected, users, findings },
    meanKeyAge: keyAges.meanDays ?? null,
    newFindings: changes?.newFindings ?? null,
    resolvedFindings: changes?.resolvedFindings ?? null,
  };
  return [...earlier, last].slice(-HISTORY_RUNS);
}

export const historyLines = (runs: readonly HistoryRun[]): string =>
  runs.map((run) => `${JSON.stringify(run)}\n`).join('');

/** The runs of a history; undefined if it is none. */
export function readHistory(text: string): HistoryRun[] | undefined {
  try {
    const lines = text.split('\n').filter((line) => line !== '');
    return z.array(HistoryRun).parse(lines.map((line) => JSON.parse(line) as unknown));
  } catch {
    return undefined;
  }
}
