import { consoleMfa } from '../../../handlers/checks/console-mfa';
import { CONTEXT, type Case, consoleUser, judge, user } from '../../support/rows';

describe('the check console-mfa', () => {
  it.each<Case>([
    ['does not apply to a user without a password', user, 'not-applicable'],
    ['passes a user with a password and MFA', consoleUser, 'pass'],
    ['fails a user with a password and no MFA', { ...consoleUser, mfa_active: 'false' }, 'fail'],
    [
      'fails a user with a password and no MFA, in upper case',
      { ...consoleUser, password_enabled: 'TRUE', mfa_active: 'FALSE' },
      'fail',
    ],
    ['fails when password_enabled cannot be read', { ...user, password_enabled: 'not_supported' }, 'fail'],
    ['fails when mfa_active is empty', { ...consoleUser, mfa_active: '' }, 'fail'],
  ])('%s', (_about, cells, result) => {
    expect(judge(consoleMfa, cells).result).toBe(result);
  });

  it('states its recommendation numbers in the CIS benchmark', () => {
    expect(consoleMfa.cis).toEqual({ 'v3.0': '1.10', 'v5.0': '1.9' });
  });

  it('has a title', () => {
    expect(consoleMfa.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
