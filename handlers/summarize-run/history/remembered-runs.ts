import { RECENT_RUNS, type RecentRun } from '../../core/manifest';

/** Earlier days whose last run a manifest remembers, however many runs came later. */
const RECENT_DAYS = 8;

/** The newest runs, and the last one of each of the last days: many runs on one day must not hide the day before. */
export function remembered(runs: readonly RecentRun[]): RecentRun[] {
  const byDate = [...Map.groupBy(runs, ({ date }) => date)].sort(([one], [other]) => (one < other ? 1 : -1));
  const last = new Set(byDate.slice(0, RECENT_DAYS).flatMap(([, [run]]) => run ?? []));
  const others = new Set(runs.filter((run) => !last.has(run)).slice(0, RECENT_RUNS - last.size));
  return runs.filter((run) => last.has(run) || others.has(run));
}
