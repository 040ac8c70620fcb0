import { type RowCheck, fail, notApplicable, pass } from './check';

/** Without a password nobody can sign in as the root user, so there is nothing for MFA to protect. */
export const rootMfa: RowCheck = {
  id: 'root-mfa',
  title: () => 'The root user signs in with MFA',
  description:
    'Fails when the root user has a password and no active MFA device. Does not apply without a password, nor in ' +
    'AWS GovCloud (US), whose root users cannot sign in.',
  cis: { 'v3.0': '1.5', 'v5.0': '1.4' },
  appliesTo: 'root',
  evaluate: (row) => {
    // The root user of an account in AWS GovCloud (US) has no console sign-in of its own.
    if (row.partition === 'aws-us-gov') return notApplicable('AWS GovCloud (US)');
    if (row.flag('mfa_active')) return pass('MFA active');
    // Reports from before 2024 have not_supported. At that time every root user had a password.
    return row.flagIfSupported('password_enabled') === false
      ? notApplicable('no password')
      : fail('MFA not active');
  },
};
