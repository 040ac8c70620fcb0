/** What the checks of unused credentials share. */
import { ACCESS_KEYS, PASSWORD } from '../credential-report/credential';
import { type RowCheck, fail, pass, unknown } from './check';
import { eachActive, isBrokenFor } from './credentials';

/** What differs between the checks. */
interface UnusedCheck extends Pick<RowCheck, 'id' | 'always'> {
  readonly threshold: { readonly name: 'unusedDays' | 'longUnusedDays'; readonly benchmark: number };
}

/** The benchmarks say so many days **or more**. */
export const unusedCheck = ({ id, always, threshold }: UnusedCheck): RowCheck => ({
  id,
  title: ({ [threshold.name]: days }) =>
    `No password or active access key has been unused for ${days} days or more`,
  description:
    `Fails when a password or an active access key was last used \`${threshold.name}\` or more days ago, or was never used ` +
    'since it was created that long ago. Does not apply to a user who has neither.',
  remedy: 'Deactivate the key or delete the password; delete the user if nothing of it is needed.',
  severity: 'medium',
  always,
  threshold,
  seesOnlyTwo: true,
  appliesTo: 'user',
  evaluate: (row, context) =>
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
        return isBrokenFor(row, context, threshold.name, (days) => age >= days) ? fail(reason) : pass(reason);
      },
    ),
});
