/** What the checks of unused credentials share. */
import { ACCESS_KEYS, PASSWORD } from '../credential-report/credential';
import type { CredentialRow } from '../credential-report/credential-row';
import { type Verdicts, fail, pass, unknown } from './check';
import { eachActive } from './credentials';

/** A password or active access key fails when it was last used, or else created, `days` **or more** days ago. */
export const unusedFor = (row: CredentialRow, days: () => number): Verdicts =>
  eachActive(
    row,
    [PASSWORD, ...ACCESS_KEYS],
    'no password and no active access key',
    ({ lastUsed, created }, name) => {
      const used = row.age(lastUsed);
      // A credential that was never used counts from the day it was created.
      const age = used ?? row.age(created);
      if (age === undefined) return unknown(`${name} never used, and its age is unknown`);
      const reason =
        used === undefined ? `${name} never used in ${age} days` : `${name} last used ${age} days ago`;
      return age >= days() ? fail(reason) : pass(reason);
    },
  );
