import { ACCESS_KEYS } from '../credential-report/credential';
import { hasFurther } from './additional-credentials';
import { type RowCheck, fail, notApplicable, unknown } from './check';
import { isAnyActive } from './credentials';
import { NO_CREDENTIALS, hasNoCredentials, isWithoutPasswordAndMfa, isWithoutSignIn } from './root-user';

/** CIS looks at the password alone since v5.0, but whoever has a key needs no password. */
export const rootKeyMfa: RowCheck = {
  id: 'root-key-mfa',
  title: () => 'A root user with an access key has MFA',
  description:
    'Fails when the root user has an active access key, no password, and no active MFA device. Does not apply otherwise, ' +
    'because `root-mfa` judges a root user with a password, nor in AWS GovCloud (US). Unknown where neither is active and the ' +
    'report says that it does not show all access keys.',
  remedy: 'Delete the access key. If that takes time, assign an MFA device to the root user first.',
  severity: 'critical',
  always: true,
  appliesTo: 'root',
  evaluate: (row) => {
    if (isWithoutSignIn(row)) return notApplicable('AWS GovCloud (US)');
    if (!isWithoutPasswordAndMfa(row)) return notApplicable('a password or MFA');
    if (isAnyActive(row, ACCESS_KEYS)) return fail('active access key, no password, MFA not active');
    return hasFurther(row)
      ? unknown('no password, MFA not active, and credentials that the report does not show')
      : notApplicable(hasNoCredentials(row) ? NO_CREDENTIALS : 'no active access key');
  },
};
