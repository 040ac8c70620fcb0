import { CERTIFICATES } from '../credential-report/credential';
import type { RowCheck } from './check';
import { noneActive } from './credentials';
import { NO_CREDENTIALS, hasNoCredentials } from './root-user';

/** Not critical as an access key is: few services still take requests that a certificate signed. */
export const rootCertificate: RowCheck = {
  id: 'root-certificate',
  title: () => 'The root user has no active X.509 certificate',
  description: 'Fails when the root user has an active X.509 signing certificate.',
  remedy: 'Delete the certificate as the root user, or from the management account with central root access.',
  severity: 'high',
  always: true,
  seesOnlyTwo: true,
  appliesTo: 'root',
  evaluate: (row) =>
    noneActive(row, CERTIFICATES, hasNoCredentials(row) ? NO_CREDENTIALS : 'no active certificate'),
};
