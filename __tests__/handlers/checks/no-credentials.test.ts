import { noCredentials } from '../../../handlers/checks/no-credentials';
import {
  CONTEXT,
  type Case,
  certificate,
  consoleUser,
  inactiveCertificate,
  inactiveKey,
  judge,
  key,
  user,
} from '../../support/rows';

describe('the check no-credentials', () => {
  it.each<Case>([
    ['fails a user without credentials', user, 'fail'],
    ['fails a user whose key is inactive', { ...user, ...inactiveKey(1) }, 'fail'],
    ['fails a user whose certificate is inactive', { ...user, ...inactiveCertificate(1) }, 'fail'],
    ['fails a user who has only MFA', { ...user, mfa_active: 'true' }, 'fail'],
    ['passes a user with a password', consoleUser, 'pass'],
    ['passes a user with a key in slot 1', { ...user, ...key(1, 1, 1) }, 'pass'],
    ['passes a user with a key in slot 2', { ...user, ...key(2, 1, 1) }, 'pass'],
    ['passes a user with a certificate in slot 1', { ...user, ...certificate(1, 1) }, 'pass'],
    ['passes a user with a certificate in slot 2', { ...user, ...certificate(2, 1) }, 'pass'],
    ['cannot tell when a flag cannot be read', { ...user, cert_2_active: '' }, 'unknown'],
    [
      'cannot tell when the report says that it does not show all credentials',
      { ...user, additional_credentials_info: '3 certificates' },
      'unknown',
    ],
  ])('%s', (_about, cells, result) => {
    expect(judge(noCredentials, cells).result).toBe(result);
  });

  it('names a credential that the user has', () => {
    expect(judge(noCredentials, { ...user, ...key(2, 1, 1) }).reasons).toEqual(['access key 2 active']);
    expect(noCredentials.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
