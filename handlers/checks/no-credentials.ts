import { ACCESS_KEYS, CERTIFICATES, PASSWORD, nameOf } from '../credential-report/credential';
import { type RowCheck, fail, pass } from './check';

export const noCredentials: RowCheck = {
  id: 'no-credentials',
  title: () => 'Every user has a credential',
  description:
    'Fails when a user has no password, no active access key and no active certificate, and most likely is not needed. ' +
    'SSH keys and service-specific credentials are not in the report.',
  severity: 'low',
  always: false,
  appliesTo: 'user',
  evaluate: (row) => {
    const active = [PASSWORD, ...ACCESS_KEYS, ...CERTIFICATES].find((place) => row.isActive(place));
    return active ? pass(`${nameOf(active)} active`) : fail('no active credential in the report');
  },
};
