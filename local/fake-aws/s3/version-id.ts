import { randomBytes } from 'node:crypto';

/** The version of an object that was written before its bucket had versions. */
export const NO_VERSION = 'null';

let last = { time: 0, number: 0 };

/** A version ID, later than all before: versions are sorted by their IDs. */
export function newVersionId(): string {
  const time = Math.max(last.time, Date.now());
  last = { time, number: time === last.time ? last.number + 1 : 0 };
  const parts = [time.toString(36).padStart(9, '0'), last.number.toString(36).padStart(6, '0')];
  return [...parts, randomBytes(8).toString('hex')].join('');
}

/** Sorts the newest first. */
export function byAge(one: string, other: string): number {
  const [first, second] = [one, other].map((id) => (id === NO_VERSION ? '' : id)) as [string, string];
  return first < second ? 1 : first > second ? -1 : 0;
}
