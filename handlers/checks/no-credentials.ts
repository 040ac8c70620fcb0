import { ACCESS_KEYS, CERTIFICATES, PASSWORD, nameOf } from '../credential-report/credential';
import { hasFurther } from './additional-credentials';
import { type RowCheck, fail, pass, unknown } from './check';

export const noCredentials: RowCheck = {
  id: 'no-credentials',
  title: () => 'Every user has a credential',
  description:
    'Fails when a user has no password, no active access key and no active certificate, and most likely is not needed. ' +
    'SSH keys and service-specific credentials are not in the report. Unknown when the report says that the user has ' +
    'further keys or certificates, which it does not show.',
  remedy: 'Delete the user, unless it has SSH keys or service-specific credentials that are needed.',
  severity: 'low',
  always: false,
  appliesTo: 'user',
  evaluate: (row) => {
    const active = [PASSWORD, ...ACCESS_KEYS, ...CERTIFICATES].find((place) => row.isActive(place));
    if (active) return pass(`${nameOf(active)} active`);
    return hasFurther(row)
      ? unknown('only credentials that the report does not show')
      : fail('no active credential in the report');
  },
};
