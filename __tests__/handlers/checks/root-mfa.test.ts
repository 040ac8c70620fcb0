import { rootMfa } from '../../../handlers/checks/root-mfa';
import { CONTEXT, type Case, days, judge, key, root } from '../../support/rows';

const withPassword = { ...root, password_enabled: 'true', password_last_changed: days(9) };
const govCloud = {
  ...root,
  arn: 'arn:aws-us-gov:iam::123456789012:root',
  password_enabled: 'not_supported',
  password_last_changed: 'not_supported',
};

describe('the check root-mfa', () => {
  it.each<Case>([
    ['passes a root user with MFA', { ...withPassword, mfa_active: 'true' }, 'pass'],
    [
      'passes a root user with MFA, in upper case',
      { ...withPassword, password_enabled: 'TRUE', mfa_active: 'TRUE' },
      'pass',
    ],
    ['fails a root user with a password and no MFA', withPassword, 'fail'],
    [
      'fails a root user with a password and no MFA, in upper case',
      { ...withPassword, password_enabled: 'TRUE', mfa_active: 'FALSE' },
      'fail',
    ],
    ['passes a root user without a password', root, 'pass'],
    ['passes a root user without a password, whatever keys it has', { ...root, ...key(1, 1, 1) }, 'pass'],
    [
      'fails when an older report does not say whether there is a password',
      { ...root, password_enabled: 'not_supported' },
      'fail',
    ],
    ['does not apply to AWS GovCloud (US)', govCloud, 'not-applicable'],
    ['cannot tell when mfa_active cannot be read', { ...withPassword, mfa_active: 'N/A' }, 'unknown'],
    ['cannot tell when password_enabled cannot be read', { ...root, password_enabled: '' }, 'unknown'],
  ])('%s', (_about, cells, result) => {
    expect(judge(rootMfa, cells).result).toBe(result);
  });

  it('has a title', () => {
    expect(rootMfa.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
