/** Every check, in the order of the IDs. Written by `npm run generate` from the files of this folder. */
import type { Check } from './check';
import { activeCertificate } from './active-certificate';
import { additionalCredentials } from './additional-credentials';
import { centralRootAccess } from './central-root-access';
import { consoleAndKeys } from './console-and-keys';
import { consoleMfa } from './console-mfa';
import { iamUser } from './iam-user';
import { inactiveServiceCredential } from './inactive-service-credential';
import { keyAtSetup } from './key-at-setup';
import { keyRotation90Days } from './key-rotation-90-days';
import { neverUsed } from './never-used';
import { noCredentials } from './no-credentials';
import { oldCertificate } from './old-certificate';
import { oldServiceCredential } from './old-service-credential';
import { passwordAge } from './password-age';
import { rootAccessKey } from './root-access-key';
import { rootCertificate } from './root-certificate';
import { rootKeyMfa } from './root-key-mfa';
import { rootMfa } from './root-mfa';
import { rootMfaWithoutCredentials } from './root-mfa-without-credentials';
import { rootRecentUse } from './root-recent-use';
import { rootRowMissing } from './root-row-missing';
import { serviceCredentialWithoutExpiry } from './service-credential-without-expiry';
import { twoActiveKeys } from './two-active-keys';
import { unused45Days } from './unused-45-days';
import { unused90Days } from './unused-90-days';
import { userMfa } from './user-mfa';

export const checks: readonly Check[] = [
  activeCertificate,
  additionalCredentials,
  centralRootAccess,
  consoleAndKeys,
  consoleMfa,
  iamUser,
  inactiveServiceCredential,
  keyAtSetup,
  keyRotation90Days,
  neverUsed,
  noCredentials,
  oldCertificate,
  oldServiceCredential,
  passwordAge,
  rootAccessKey,
  rootCertificate,
  rootKeyMfa,
  rootMfa,
  rootMfaWithoutCredentials,
  rootRecentUse,
  rootRowMissing,
  serviceCredentialWithoutExpiry,
  twoActiveKeys,
  unused45Days,
  unused90Days,
  userMfa,
];
