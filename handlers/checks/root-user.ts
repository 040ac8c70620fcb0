/** What the checks of the root user's MFA share. */
import type { CredentialRow } from '../credential-report/credential-row';

/** The root user of an account in AWS GovCloud (US) has no console sign-in of its own. */
export const isWithoutSignIn = ({ partition }: CredentialRow): boolean => partition === 'aws-us-gov';

/** Whether the root user has neither a password nor MFA: `root-mfa` passes then, whatever keys it has. */
export const isWithoutPasswordAndMfa = (row: CredentialRow): boolean =>
  !row.flag('mfa_active') && row.flagIfSupported('password_enabled') === false;
