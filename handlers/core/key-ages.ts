/** How old the active access keys of users are: what a change of `rotationDays` would mean. */
import { ACCESS_KEYS, type CredentialPlace } from '../credential-report/credential';
import { type CredentialRow, UnreadableCell } from '../credential-report/credential-row';
import type { KeyAgesTotals } from './manifest';

/** The oldest age of each group, days; the last group has none. 90 is the age at which CIS asks for another key. */
const OLDEST = [30, 90, 180, 365, null] as const;
/** Where keys count whose age nobody knows. */
const UNKNOWN = OLDEST.length;

/** The keys of one account in each group, and those of unknown age. Inactive keys and those of the root user, who should have none, do not count. */
export function keyAgesOf(users: readonly CredentialRow[]): number[] {
  const keys = Array.from({ length: OLDEST.length + 1 }, () => 0);
  for (const row of users)
    for (const key of ACCESS_KEYS) {
      const group = groupOf(row, key);
      if (group !== undefined) keys[group] = (keys[group] ?? 0) + 1;
    }
  return keys;
}

/** Adds up the keys of all accounts. */
export class KeyAges {
  private readonly keys = OLDEST.map(() => 0);
  private unknown = 0;

  /** @param keys - what {@link keyAgesOf} returned */
  add(keys: readonly number[]): void {
    for (const [group, before] of this.keys.entries()) this.keys[group] = before + (keys[group] ?? 0);
    this.unknown += keys[UNKNOWN] ?? 0;
  }

  get totals(): KeyAgesTotals {
    const groups = OLDEST.map((to, index) => ({
      from: (OLDEST[index - 1] ?? -1) + 1,
      to,
      keys: this.keys[index] ?? 0,
    }));
    return { groups, unknown: this.unknown };
  }
}

/** Undefined if the key is not active. */
function groupOf(row: CredentialRow, key: CredentialPlace): number | undefined {
  try {
    if (!row.isActive(key)) return undefined;
    const age = row.age(key.created);
    const group = OLDEST.findIndex((to) => age !== undefined && (to === null || age <= to));
    return group === -1 ? UNKNOWN : group;
  } catch (error) {
    if (!(error instanceof UnreadableCell)) throw error;
    return UNKNOWN;
  }
}
