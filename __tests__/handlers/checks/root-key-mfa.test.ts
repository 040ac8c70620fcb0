import { rootKeyMfa } from '../../../handlers/checks/root-key-mfa';
import { CONTEXT, type Case, inactiveKey, judge, key, root } from '../../support/rows';

describe('the check root-key-mfa', () => {
  it.each<Case>([
    ['does not apply to a root user without credentials', root, 'not-applicable'],
    ['does not apply when the key is inactive', { ...root, ...inactiveKey(1) }, 'not-applicable'],
    ['fails a key in slot 1 without password and MFA', { ...root, ...key(1, 9, 1) }, 'fail'],
    ['fails a key in slot 2 without password and MFA', { ...root, ...key(2, 9, 'never') }, 'fail'],
    ['does not apply with MFA', { ...root, ...key(1, 9, 1), mfa_active: 'true' }, 'not-applicable'],
    [
      'leaves a root user with a password to root-mfa',
      { ...root, ...key(1, 9, 1), password_enabled: 'true' },
      'not-applicable',
    ],
    [
      'leaves a root user whose password is not_supported to root-mfa',
      { ...root, ...key(1, 9, 1), password_enabled: 'not_supported' },
      'not-applicable',
    ],
    [
      'does not apply to AWS GovCloud (US)',
      { ...root, ...key(1, 9, 1), arn: 'arn:aws-us-gov:iam::123456789012:root' },
      'not-applicable',
    ],
    [
      'cannot tell when the report says that it does not show all access keys',
      {
        ...root,
        password_enabled: 'false',
        mfa_active: 'false',
        additional_credentials_info: '1 access key',
      },
      'unknown',
    ],
    ['cannot tell when mfa_active cannot be read', { ...root, mfa_active: '' }, 'unknown'],
    [
      'fails a key in slot 2 when the one in slot 1 cannot be read',
      { ...root, ...key(2, 9, 1), access_key_1_active: '?' },
      'fail',
    ],
    ['cannot tell when a key cannot be read', { ...root, access_key_1_active: '?' }, 'unknown'],
  ])('%s', (_about, cells, result) => {
    expect(judge(rootKeyMfa, cells).result).toBe(result);
  });

  it('has a title', () => {
    expect(rootKeyMfa.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
