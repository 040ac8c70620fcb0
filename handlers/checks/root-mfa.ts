import { type RowCheck, fail, notApplicable, pass } from './check';
import { NO_CREDENTIALS, hasNoCredentials, isWithoutSignIn } from './root-user';

/** Without a password nobody can sign in as the root user, so there is nothing for MFA to protect. */
export const rootMfa: RowCheck = {
  id: 'root-mfa',
  title: () => 'The root user signs in with MFA',
  description:
    'Fails when the root user has a password and no active MFA device. Passes without a password. Does not apply in ' +
    'AWS GovCloud (US), whose root users cannot sign in.',
  remedy:
    'Assign MFA devices to the root user, or delete its password: the management account can do that with central root access.',
  severity: 'critical',
  always: true,
  appliesTo: 'root',
  evaluate: (row) => {
    if (isWithoutSignIn(row)) return notApplicable('AWS GovCloud (US)');
    if (row.flag('mfa_active')) return pass('MFA active');
    // Reports from before 2024 have not_supported. At that time every root user had a password.
    if (row.flagIfSupported('password_enabled') !== false) return fail('MFA not active');
    return pass(hasNoCredentials(row) ? NO_CREDENTIALS : 'no password');
  },
};
