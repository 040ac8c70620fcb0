import { rootCredentialsIn } from '../../../handlers/checks/root-user';
import { rootAccessKey } from '../../../handlers/checks/root-access-key';
import { rootCertificate } from '../../../handlers/checks/root-certificate';
import { rootKeyMfa } from '../../../handlers/checks/root-key-mfa';
import { rootMfa } from '../../../handlers/checks/root-mfa';
import { rootMfaWithoutCredentials } from '../../../handlers/checks/root-mfa-without-credentials';
import { type Cells, judge, key, root, rowOf } from '../../support/rows';

const govCloud: Cells = {
  ...root,
  arn: 'arn:aws-us-gov:iam::123456789012:root',
  password_enabled: 'not_supported',
};

const stateOf = (cells: Cells | undefined, partition = 'aws') =>
  rootCredentialsIn(
    {
      root: cells && rowOf(cells),
      users: [],
      unknownColumns: [],
    },
    partition,
  );

describe('the credentials of a root user', () => {
  it.each<[string, Cells, string]>([
    ['none without password, key, certificate and MFA', root, 'none'],
    [
      'none if an inactive key and an inactive certificate are left',
      {
        ...root,
        access_key_1_last_rotated: '2020-01-01T00:00:00Z',
        cert_1_last_rotated: '2020-01-01T00:00:00Z',
      },
      'none',
    ],
    [
      'none if the report says that there are no further ones',
      { ...root, additional_credentials_info: 'N/A' },
      'none',
    ],
    ['none in AWS GovCloud (US), where there is no password', govCloud, 'none'],
    ['present with a password', { ...root, password_enabled: 'TRUE' }, 'present'],
    [
      'present in an older report, which does not say whether there is a password',
      { ...root, password_enabled: 'not_supported' },
      'present',
    ],
    ['present with an active key', { ...root, ...key(2, 1, 1) }, 'present'],
    ['present with an active certificate', { ...root, cert_2_active: 'true' }, 'present'],
    ['present with an MFA device', { ...root, mfa_active: 'true' }, 'present'],
    [
      'present with an active key, whatever else cannot be read',
      { ...root, ...key(1, 1, 1), mfa_active: '?' },
      'present',
    ],
    ['unknown if a cell cannot be read', { ...root, cert_1_active: '' }, 'unknown'],
    [
      'unknown if there are further ones, which the report does not show',
      { ...root, additional_credentials_info: '1 access key' },
      'unknown',
    ],
  ])('are %s', (_about, cells, state) => {
    expect(stateOf(cells)).toBe(state);
  });

  it('are unknown without a row, but none in AWS China, which has no root users', () => {
    expect([stateOf(undefined), stateOf(undefined, 'aws-cn')]).toEqual(['unknown', 'none']);
  });

  it.each([
    [rootAccessKey, 'the root user has no credentials'],
    [rootCertificate, 'the root user has no credentials'],
    [rootMfa, 'the root user has no credentials'],
    [rootKeyMfa, 'the root user has no credentials'],
    [rootMfaWithoutCredentials, 'MFA not active: the root user has no credentials'],
  ])('are told by the checks if there are none: $id', (check, reason) => {
    expect(judge(check, root).verdicts[0].reason).toBe(reason);
    const certified = judge(check, { ...root, cert_1_active: 'true' });
    expect(certified.verdicts[0].reason).not.toContain('has no credentials');
  });
});
