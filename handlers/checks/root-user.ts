/** What the checks of the root user share. */
import { ACCESS_KEYS, CERTIFICATES } from '../credential-report/credential';
import type { CredentialReport } from '../credential-report/credential-report';
import type { CredentialRow } from '../credential-report/credential-row';
import { hasFurther } from './additional-credentials';
import { known } from './credentials';

/** The root user of an account in AWS GovCloud (US) has no console sign-in of its own. */
export const isWithoutSignIn = ({ partition }: CredentialRow): boolean => partition === 'aws-us-gov';

/** Whether the root user has neither a password nor MFA: `root-mfa` passes then, whatever keys it has. */
export const isWithoutPasswordAndMfa = (row: CredentialRow): boolean =>
  !row.flag('mfa_active') && row.flagIfSupported('password_enabled') === false;

/** Whether the root user of an account has anything to sign in or to sign requests with. */
export const rootCredentialsStates = ['none', 'present', 'unknown'] as const;
export type RootCredentialsState = (typeof rootCredentialsStates)[number];

/** @param partition - `aws-cn` has no root users: its reports have no row for them */
export function rootCredentialsIn({ root }: CredentialReport, partition: string): RootCredentialsState {
  if (!root) return partition === 'aws-cn' ? 'none' : 'unknown';
  const found = credentialsOf(root);
  if (found.includes(true)) return 'present';
  return found.includes(undefined) ? 'unknown' : 'none';
}

/** As central root access leaves member accounts: no password, active key, active certificate or MFA device. */
export const hasNoCredentials = (row: CredentialRow): boolean =>
  credentialsOf(row).every((has) => has === false);

export const NO_CREDENTIALS = 'the root user has no credentials';

/** Whether the root user has each kind of credential; undefined where nobody knows. */
function credentialsOf(row: CredentialRow): (boolean | undefined)[] {
  return [
    // Reports from before 2024 have not_supported. At that time every root user had a password.
    known(() => row.flagIfSupported('password_enabled') ?? !isWithoutSignIn(row)),
    known(() => row.flagIfSupported('mfa_active') ?? false),
    ...[...ACCESS_KEYS, ...CERTIFICATES].map((place) => known(() => row.isActive(place))),
    hasFurther(row) ? undefined : false,
  ];
}
