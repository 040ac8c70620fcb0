/** Which objects the retention period of the bucket has removed. */
import type { ChainEntry } from './chain-entry';

export const DAY = 86_400_000;

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
