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
    [
      'cannot tell when password_enabled cannot be read',
      { ...user, password_enabled: 'not_supported' },
      'unknown',
    ],
    ['cannot tell when mfa_active is empty', { ...consoleUser, mfa_active: '' }, 'unknown'],
  ])('%s', (_about, cells, result) => {
    expect(judge(consoleMfa, cells).result).toBe(result);
  });

  it('has a title', () => {
    expect(consoleMfa.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
