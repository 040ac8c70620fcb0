import { type RowCheck, fail, pass } from './check';

/** An access key alone can also be asked for MFA, by a condition in a policy. AWS Security Hub: IAM.19. */
export const userMfa: RowCheck = {
  id: 'user-mfa',
  title: () => 'Every user has MFA',
  description: 'Fails when a user has no active MFA device, with or without a console password.',
  remedy:
    'Assign an MFA device to the user, or move the person to IAM Identity Center and programs to roles.',
  severity: 'medium',
  always: false,
  appliesTo: 'user',
  evaluate: (row) => (row.flag('mfa_active') ? pass('MFA active') : fail('MFA not active')),
};
