import { consoleMfa } from '../../../handlers/checks/console-mfa';
import { type Case, consoleUser, judge, user } from '../../support/rows';

describe('the check console-mfa', () => {
  it.each<Case>([
    ['does not apply without a password', user, 'not-applicable'],
    ['passes a password with MFA', consoleUser, 'pass'],
    ['fails a password without MFA', { ...consoleUser, mfa_active: 'false' }, 'fail'],
    [
      'fails a password without MFA in upper case',
      { ...consoleUser, password_enabled: 'TRUE', mfa_active: 'FALSE' },
      'fail',
    ],
    [
      'fails when it cannot be read whether there is a password',
      { ...user, password_enabled: 'not_supported' },
      'fail',
    ],
    ['fails when MFA is empty', { ...consoleUser, mfa_active: '' }, 'fail'],
  ])('%s', (_about, cells, result) => {
    expect(judge(consoleMfa, cells).result).toBe(result);
  });

  it('has its numbers in the CIS benchmark', () => {
    expect(consoleMfa.cis).toEqual({ 'v3.0': '1.10', 'v5.0': '1.9' });
  });
});
