import { ACCESS_KEYS } from '../credential-report/credential';
import { type RowCheck, fail, notApplicable } from './check';
import { known } from './credentials';
import { NO_CREDENTIALS, hasNoCredentials, isWithoutSignIn } from './root-user';

/** The text of CIS before v5.0 asks for MFA even where the root user has nothing to sign in with. */
export const rootMfaWithoutCredentials: RowCheck = {
  id: 'root-mfa-without-credentials',
  title: () => 'A root user without credentials has MFA',
  description:
    'Fails when the root user has no active MFA device, although it has no password and no active access key either, ' +
    'or nobody can tell whether it has. Does not apply otherwise, nor in AWS GovCloud (US). Only CIS v3.0 and v4.0.1 ask for it.',
  remedy:
    'Assign an MFA device to the root user, or accept the finding by an exemption: a root user without credentials cannot sign in.',
  severity: 'low',
  always: false,
  appliesTo: 'root',
  evaluate: (row) => {
    if (isWithoutSignIn(row)) return notApplicable('AWS GovCloud (US)');
    if (row.flag('mfa_active')) return notApplicable('MFA active');
    const hasPassword = known(() => row.flagIfSupported('password_enabled') !== false);
    if (hasPassword) return notApplicable('a password');
    if (hasPassword === false && ACCESS_KEYS.some((key) => known(() => row.isActive(key))))
      return notApplicable('active access key');
    // A cell that cannot be read leaves the other two checks undecided, but there is no MFA whatever it says.
    if (hasPassword === undefined) return fail('MFA not active');
    return fail(hasNoCredentials(row) ? `MFA not active: ${NO_CREDENTIALS}` : 'MFA not active, no password');
  },
};
