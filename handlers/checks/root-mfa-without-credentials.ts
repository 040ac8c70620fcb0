import { ACCESS_KEYS } from '../credential-report/credential';
import { type RowCheck, fail, notApplicable } from './check';
import { NO_CREDENTIALS, hasNoCredentials, isWithoutPasswordAndMfa, isWithoutSignIn } from './root-user';

/** The text of CIS before v5.0 asks for MFA even where the root user has nothing to sign in with. */
export const rootMfaWithoutCredentials: RowCheck = {
  id: 'root-mfa-without-credentials',
  title: () => 'A root user without credentials has MFA',
  description:
    'Fails when the root user has no active MFA device, although it has no password and no active access key either. ' +
    'Does not apply otherwise, nor in AWS GovCloud (US). Only CIS v3.0 and v4.0.1 ask for it.',
  severity: 'low',
  always: false,
  appliesTo: 'root',
  evaluate: (row) => {
    if (isWithoutSignIn(row)) return notApplicable('AWS GovCloud (US)');
    if (!isWithoutPasswordAndMfa(row)) return notApplicable('a password or MFA');
    return ACCESS_KEYS.some((key) => row.isActive(key))
      ? notApplicable('active access key')
      : fail(hasNoCredentials(row) ? `MFA not active: ${NO_CREDENTIALS}` : 'MFA not active, no password');
  },
};
