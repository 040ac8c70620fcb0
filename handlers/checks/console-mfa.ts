import { type RowCheck, fail, notApplicable, pass } from './check';

export const consoleMfa: RowCheck = {
  id: 'console-mfa',
  title: () => 'Console users sign in with MFA',
  description:
    'Fails when a user has a console password and no active MFA device. Does not apply without a password.',
  remedy:
    'Assign an MFA device to the user, or delete the password. People should sign in through IAM Identity Center.',
  severity: 'high',
  always: true,
  appliesTo: 'user',
  evaluate: (row) => {
    if (!row.flag('password_enabled')) return notApplicable('no console password');
    return row.flag('mfa_active') ? pass('MFA active') : fail('console password without MFA');
  },
};
