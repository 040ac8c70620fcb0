import { ACCESS_KEYS, PASSWORD } from '../credential-report/credential';
import { type RowCheck, fail, pass, unknown } from './check';
import { eachActive } from './credentials';

/**
 * A credential that nobody needed in the first weeks is not needed. `unused-45-days` also fails these, later, together with
 * those that were used once.
 */
export const neverUsed: RowCheck = {
  id: 'never-used',
  title: ({ neverUsedDays }) =>
    `No password or active access key has never been used in ${neverUsedDays} days or more`,
  description:
    'Fails when a password or an active access key was created `neverUsedDays` or more days ago and was never used. ' +
    'Does not apply to a user who has neither.',
  remedy: 'Delete the password or key: nobody has used it.',
  severity: 'low',
  always: false,
  threshold: { name: 'neverUsedDays' },
  seesOnlyTwo: true,
  appliesTo: 'user',
  evaluate: (row, { thresholds }) =>
    eachActive(
      row,
      [PASSWORD, ...ACCESS_KEYS],
      'no password and no active access key',
      ({ lastUsed, created }, name) => {
        if (row.age(lastUsed) !== undefined) return pass(`${name} is used`);
        const age = row.age(created);
        if (age === undefined) return unknown(`${name} never used, and its age is unknown`);
        const reason = `${name} never used in ${age} days`;
        return age >= thresholds.neverUsedDays ? fail(reason) : pass(reason);
      },
    ),
};
