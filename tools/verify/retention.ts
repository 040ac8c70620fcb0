/** Which objects the retention period of the bucket has removed. */
import type { ChainEntry } from './chain-entry';

const DAY = 86_400_000;

/**
 * Whether the lifecycle rule of the bucket may have removed what a run wrote. A shorter period that a later manifest
 * names applies too, since lifecycle rules apply to objects that exist.
 */
export function isExpired(
  startedAt: string,
  entries: readonly ChainEntry[],
  number: number,
  now: Date,
): boolean {
  const periods = entries.flatMap((entry) =>
    entry.number >= number && entry.header.retentionDays !== null ? [entry.header.retentionDays] : [],
  );
  return now.getTime() >= Date.parse(startedAt) + Math.min(Infinity, ...periods) * DAY;
}

/** Neighboring numbers with the same state, as one range. */
export function rangesOf<State>(
  numbers: readonly number[],
  stateOf: (number: number) => State,
): { from: number; to: number; state: State }[] {
  const ranges: { from: number; to: number; state: State }[] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    const state = stateOf(number);
    if (last?.to === number - 1 && last.state === state) last.to = number;
    else ranges.push({ from: number, to: number, state });
  }
  return ranges;
}
