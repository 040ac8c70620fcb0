import { userMfa } from '../../../handlers/checks/user-mfa';
import { CONTEXT, type Case, consoleUser, judge, key, user } from '../../support/rows';

describe('the check user-mfa', () => {
  it.each<Case>([
    ['passes a console user with MFA', consoleUser, 'pass'],
    ['fails a console user without MFA', { ...consoleUser, mfa_active: 'false' }, 'fail'],
    ['fails a user with only an access key and no MFA', { ...user, ...key(1, 1, 1) }, 'fail'],
    ['passes a user with an access key and MFA', { ...user, ...key(1, 1, 1), mfa_active: 'TRUE' }, 'pass'],
    ['fails a user without credentials', user, 'fail'],
    ['cannot tell when mfa_active cannot be read', { ...user, mfa_active: 'not_supported' }, 'unknown'],
  ])('%s', (_about, cells, result) => {
    expect(judge(userMfa, cells).result).toBe(result);
  });

  it('has a title', () => {
    expect(userMfa.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
