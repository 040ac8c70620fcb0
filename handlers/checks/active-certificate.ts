import { CERTIFICATES } from '../credential-report/credential';
import type { RowCheck } from './check';
import { noneActive } from './credentials';

/** Few services still take requests that a certificate signed, so that one is most likely forgotten. */
export const activeCertificate: RowCheck = {
  id: 'active-certificate',
  title: () => 'No user has an active X.509 certificate',
  description: 'Fails when a user has an active X.509 signing certificate, however old it is.',
  remedy:
    'Delete the certificate (`iam delete-signing-certificate`), unless a program still signs SOAP requests with it.',
  severity: 'low',
  always: false,
  seesOnlyTwo: true,
  appliesTo: 'user',
  evaluate: (row) => noneActive(row, CERTIFICATES, 'no active certificate'),
};
