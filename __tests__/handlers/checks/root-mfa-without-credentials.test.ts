import { rootMfaWithoutCredentials } from '../../../handlers/checks/root-mfa-without-credentials';
import { CONTEXT, type Case, inactiveKey, judge, key, root } from '../../support/rows';

describe('the check root-mfa-without-credentials', () => {
  it.each<Case>([
    ['fails a root user without credentials and MFA', root, 'fail'],
    ['fails a root user whose only key is inactive', { ...root, ...inactiveKey(1) }, 'fail'],
    ['does not apply with MFA', { ...root, mfa_active: 'true' }, 'not-applicable'],
    ['leaves a key in slot 1 to root-key-mfa', { ...root, ...key(1, 9, 1) }, 'not-applicable'],
    ['leaves a key in slot 2 to root-key-mfa', { ...root, ...key(2, 9, 1) }, 'not-applicable'],
    ['leaves a password to root-mfa', { ...root, password_enabled: 'true' }, 'not-applicable'],
    [
      'does not apply to AWS GovCloud (US)',
      { ...root, arn: 'arn:aws-us-gov:iam::123456789012:root' },
      'not-applicable',
    ],
    ['cannot tell when mfa_active cannot be read', { ...root, mfa_active: 'N/A' }, 'unknown'],
    [
      'fails without MFA when password_enabled cannot be read: CIS v3.0 asks for MFA in any case',
      { ...root, password_enabled: 'N/A' },
      'fail',
    ],
    [
      'fails without MFA when password_enabled cannot be read, whatever keys there are',
      { ...root, ...key(1, 9, 1), password_enabled: 'N/A' },
      'fail',
    ],
    ['fails without MFA when a key cannot be read', { ...root, access_key_1_active: '?' }, 'fail'],
    [
      'leaves a key to root-key-mfa when the other one cannot be read',
      { ...root, ...key(2, 9, 1), access_key_1_active: '?' },
      'not-applicable',
    ],
  ])('%s', (_about, cells, result) => {
    expect(judge(rootMfaWithoutCredentials, cells).result).toBe(result);
  });

  it('has a title', () => {
    expect(rootMfaWithoutCredentials.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
