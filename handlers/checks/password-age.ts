import { PASSWORD } from '../credential-report/credential';
import { type RowCheck, fail, pass, unknown } from './check';
import { eachActive } from './credentials';

export const passwordAge: RowCheck = {
  id: 'password-age',
  title: ({ passwordDays }) => `No password is older than ${passwordDays} days`,
  description:
    'Fails when the console password of a user was changed more than `passwordDays` days ago. Does not apply without a ' +
    'password.',
  remedy: 'Have the user change the password; an account password policy enforces it.',
  severity: 'low',
  always: false,
  threshold: { name: 'passwordDays' },
  appliesTo: 'user',
  evaluate: (row, { thresholds }) =>
    eachActive(row, [PASSWORD], 'no console password', ({ created }) => {
      const age = row.age(created);
      if (age === undefined) return unknown('password of unknown age');
      const reason = `password is ${age} days old`;
      return age > thresholds.passwordDays ? fail(reason) : pass(reason);
    }),
};
