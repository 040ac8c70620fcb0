import { ACCESS_KEYS } from '../credential-report/credential';
import { type RowCheck, fail, notApplicable, pass } from './check';
import { isAnyActive } from './credentials';

export const consoleAndKeys: RowCheck = {
  id: 'console-and-keys',
  title: () => 'No user has both a console password and an active access key',
  description:
    'Fails when a user has a console password and an active access key: one identity for a person and for programs. Does ' +
    'not apply without a password.',
  remedy: 'Give the programs a role or a user of their own, then delete the access key or the password.',
  severity: 'low',
  always: false,
  seesOnlyTwo: true,
  appliesTo: 'user',
  evaluate: (row) => {
    if (!row.flag('password_enabled')) return notApplicable('no console password');
    return isAnyActive(row, ACCESS_KEYS)
      ? fail('console password and active access key')
      : pass('no active access key');
  },
};
