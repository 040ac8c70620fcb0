import type { CredentialRow, ReportColumn } from '../credential-report/credential-row';
import { type RowCheck, fail, notApplicable, pass } from './check';

interface Credential {
  name: string;
  lastUsed: ReportColumn;
  /** Replaces the date of last use if the credential was never used. */
  created: ReportColumn;
}

/** The benchmark says 45 days **or more**. A credential that was never used counts from the day it was created. */
export const unused45Days: RowCheck = {
  id: 'unused-45-days',
  title: ({ unusedDays }) =>
    `No password or active access key has been unused for ${unusedDays} days or more`,
  description:
    'Fails when a password or an active access key was last used `unusedDays` or more days ago, or was never used ' +
    'since it was created that long ago. Does not apply to a user who has neither.',
  cis: { 'v3.0': '1.12', 'v5.0': '1.11' },
  threshold: { name: 'unusedDays', benchmark: 45 },
  appliesTo: 'user',
  evaluate: (row, { thresholds }) => {
    const credentials = credentialsOf(row);
    if (credentials.length === 0) return notApplicable('no password and no active access key');
    const unused = credentials.flatMap((credential) => unusedFor(row, credential, thresholds.unusedDays));
    return unused.length === 0 ? pass('every credential is in use') : fail(unused.join('; '));
  },
};

function credentialsOf(row: CredentialRow): Credential[] {
  const keys = row.activeKeys().map((slot): Credential => ({
    name: `access key ${slot}`,
    lastUsed: `access_key_${slot}_last_used_date`,
    created: `access_key_${slot}_last_rotated`,
  }));
  if (!row.flag('password_enabled')) return keys;
  return [{ name: 'password', lastUsed: 'password_last_used', created: 'password_last_changed' }, ...keys];
}

function unusedFor(row: CredentialRow, { name, lastUsed, created }: Credential, days: number): string[] {
  const used = row.age(lastUsed);
  if (used !== undefined) return used >= days ? [`${name} last used ${used} days ago`] : [];
  const age = row.age(created);
  if (age === undefined) return [`${name} never used, and its age is unknown`];
  return age >= days ? [`${name} never used in ${age} days`] : [];
}
