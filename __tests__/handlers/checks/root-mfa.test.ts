import { rootMfa } from '../../../handlers/checks/root-mfa';
import { type Case, days, judge, root } from '../../support/rows';

const withPassword = { ...root, password_enabled: 'true', password_last_changed: days(9) };
const govCloud = {
  ...root,
  arn: 'arn:aws-us-gov:iam::123456789012:root',
  password_enabled: 'not_supported',
  password_last_changed: 'not_supported',
};

describe('the check root-mfa', () => {
  it.each<Case>([
    ['passes MFA', { ...withPassword, mfa_active: 'true' }, 'pass'],
    ['passes MFA in upper case', { ...withPassword, password_enabled: 'TRUE', mfa_active: 'TRUE' }, 'pass'],
    ['fails a password without MFA', withPassword, 'fail'],
    [
      'fails a password without MFA in upper case',
      { ...withPassword, password_enabled: 'TRUE', mfa_active: 'FALSE' },
      'fail',
    ],
    ['does not apply to a root user without password', root, 'not-applicable'],
    [
      'fails where an older report does not say whether there is a password',
      { ...root, password_enabled: 'not_supported' },
      'fail',
    ],
    ['does not apply to AWS GovCloud (US)', govCloud, 'not-applicable'],
    ['fails when it cannot be read whether MFA is active', { ...withPassword, mfa_active: 'N/A' }, 'fail'],
  ])('%s', (_about, cells, result) => {
    expect(judge(rootMfa, cells).result).toBe(result);
  });

  it('has its numbers in the CIS benchmark', () => {
    expect(rootMfa.cis).toEqual({ 'v3.0': '1.5', 'v5.0': '1.4' });
  });
});
