/** How old the active access keys of users are: what a change of `rotationDays` would mean. */
import { ACCESS_KEYS, type CredentialPlace } from '../credential-report/credential';
import { type CredentialRow, UnreadableCell } from '../credential-report/credential-row';
import type { KeyAgesTotals } from './manifest';

/** The oldest age of each group, days; the last group has none. 90 is the age at which CIS asks for another key. */
const OLDEST = [30, 90, 180, 365, null] as const;

/** Counts the keys of all accounts. Inactive ones and those of root users, who should have none, do not count. */
export class KeyAges {
  private unknown = 0;
  private readonly groups = OLDEST.map((to, index) => ({ from: (OLDEST[index - 1] ?? -1) + 1, to, keys: 0 }));

  add(users: readonly CredentialRow[]): void {
    for (const row of users) for (const key of ACCESS_KEYS) this.count(row, key);
  }

  get totals(): KeyAgesTotals {
    return { groups: this.groups.map((group) => ({ ...group })), unknown: this.unknown };
  }

  private count(row: CredentialRow, key: CredentialPlace): void {
    try {
      if (!row.isActive(key)) return;
      const age = row.age(key.created);
      const group = this.groups.find(({ to }) => age !== undefined && (to === null || age <= to));
      if (group) group.keys++;
      else this.unknown++;
    } catch (error) {
      if (!(error instanceof UnreadableCell)) throw error;
      this.unknown++;
    }
  }
}
