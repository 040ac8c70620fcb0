import { ACCESS_KEYS } from '../credential-report/credential';
import { type RowCheck, fail, notApplicable, pass, unknown } from './check';
import { eachActive } from './credentials';

/**
 * An access key that a console user has never used was most likely created with the user and is not needed. A report is up
 * to four hours old, so that a key which was made today may have been used already.
 */
export const keyAtSetup: RowCheck = {
  id: 'key-at-setup',
  title: () => 'No console user has an access key that was never used',
  description:
    'Fails when a user has a console password and an active access key that was never used since it was created ' +
    '`freshKeyDays` or more days ago. Does not apply without a password or an active access key, nor to younger keys.',
  remedy: 'Delete the key: nobody has used it.',
  severity: 'low',
  always: false,
  // The benchmark gives no time. One day is what a report needs to show that a key was used.
  threshold: { name: 'freshKeyDays', benchmark: 1 },
  seesOnlyTwo: true,
  appliesTo: 'user',
  evaluate: (row, { thresholds }) => {
    if (!row.flag('password_enabled')) return notApplicable('no console password');
    return eachActive(row, ACCESS_KEYS, 'no active access key', ({ created, lastUsed }, name) => {
      if (row.age(lastUsed) !== undefined) return pass(`${name} is used`);
      const age = row.age(created);
      if (age === undefined) return unknown(`${name} never used, and its age is unknown`);
      return age < thresholds.freshKeyDays
        ? notApplicable(`${name} is ${age} days old`)
        : fail(`${name} active and never used`);
    });
  },
};
