/** How old the active access keys of users are: what a change of `rotationDays` would mean. */
import { ACCESS_KEYS, type CredentialPlace } from '../credential-report/credential';
import { type CredentialRow, UnreadableCell } from '../credential-report/credential-row';
import type { KeyAgesTotals } from './manifest';

/** The oldest age of each group, days; the last group has none. 90 is the age at which CIS asks for another key. */
const OLDEST = [30, 90, 180, 365, null] as const;
/** Where keys count whose age nobody knows. */
const UNKNOWN = OLDEST.length;
/** Where all ages are added up, days. */
const DAYS = UNKNOWN + 1;

/**
 * The keys of one account in each group, those of unknown age, and the sum of the other ages. Inactive keys and those of the
 * root user, who should have none, do not count.
 */
export function keyAgesOf(users: readonly CredentialRow[]): number[] {
  const keys = Array.from({ length: DAYS + 1 }, () => 0);
  const add = (place: number, number: number) => (keys[place] = (keys[place] ?? 0) + number);
  for (const row of users)
    for (const key of ACCESS_KEYS) {
      const age = ageOf(row, key);
      if (age === undefined) continue;
      add(age === 'unknown' ? UNKNOWN : groupOf(age), 1);
      if (age !== 'unknown') add(DAYS, age);
    }
  return keys;
}

/** Adds up the keys of all accounts. */
export class KeyAges {
  private readonly keys = OLDEST.map(() => 0);
  private unknown = 0;
  private days = 0;

  /** @param keys - what {@link keyAgesOf} returned */
  add(keys: readonly number[]): void {
    for (const [group, before] of this.keys.entries()) this.keys[group] = before + (keys[group] ?? 0);
    this.unknown += keys[UNKNOWN] ?? 0;
    this.days += keys[DAYS] ?? 0;
  }

  get totals(): KeyAgesTotals {
    const groups = OLDEST.map((to, index) => ({
      from: (OLDEST[index - 1] ?? -1) + 1,
      to,
      keys: this.keys[index] ?? 0,
    }));
    const known = this.keys.reduce((sum, keys) => sum + keys, 0);
    return {
      groups,
      unknown: this.unknown,
      ...(known > 0 && { meanDays: Math.round((this.days / known) * 10) / 10 }),
    };
  }
}

const groupOf = (age: number) => OLDEST.findIndex((to) => to === null || age <= to);

/** Days; undefined if the key is not active. */
function ageOf(row: CredentialRow, key: CredentialPlace): number | 'unknown' | undefined {
  try {
    return row.isActive(key) ? (row.age(key.created) ?? 'unknown') : undefined;
  } catch (error) {
    if (!(error instanceof UnreadableCell)) throw error;
    return 'unknown';
  }
}
