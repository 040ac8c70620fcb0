import type { HistoryRun } from './history';
import { isoWeekOf } from './iso-week';

/** What changed since the day of the last weekly digest. */
export interface ChangesOfWeek {
  /** That day: the first one with a run in the last ISO week that had one before today. */
  readonly since: string;
  /** Days with a run since then. */
  readonly days: number;
  /** Those of them that could not be compared with an earlier day. */
  readonly unknownDays: number;
  /** The sums of these days: a finding that appeared and was resolved in between counts in both. */
  readonly newFindings: number;
  readonly resolvedFindings: number;
}

/**
 * @param history - this run included
 * @param date - of this run
 * @returns nothing if there was no earlier day
 */
export function changesOfWeek(history: readonly HistoryRun[], date: string): ChangesOfWeek | undefined {
  // All runs of a day are compared with the same earlier day: the last one counts.
  const days = new Map(
    history
      .filter((run) => run.date <= date)
      .sort((one, other) => (one.startedAt < other.startedAt ? -1 : 1))
      .map((run) => [run.date, run]),
  );
  const dates = [...days.keys()].sort();
  const last = dates.findLast((day) => day < date);
  if (last === undefined) return undefined;
  const since = dates.find((day) => isoWeekOf(day) === isoWeekOf(last)) ?? last;
  const runs = [...days.values()].filter((run) => run.date > since);
  const sum = (field: 'newFindings' | 'resolvedFindings') =>
    runs.reduce((total, run) => total + (run[field] ?? 0), 0);
  return {
    since,
    days: runs.length,
    unknownDays: runs.filter(({ newFindings }) => newFindings === null).length,
    newFindings: sum('newFindings'),
    resolvedFindings: sum('resolvedFindings'),
  };
}
