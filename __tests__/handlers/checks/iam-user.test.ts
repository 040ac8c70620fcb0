import { iamUser } from '../../../handlers/checks/iam-user';
import { CONTEXT, type Case, consoleUser, judge, user } from '../../support/rows';

describe('the check iam-user', () => {
  it.each<Case>([
    ['fails a user without credentials', user, 'fail'],
    ['fails a user with MFA', consoleUser, 'fail'],
  ])('%s', (_about, cells, result) => {
    expect(judge(iamUser, cells).result).toBe(result);
  });

  it('is off unless an environment turns it on', () => {
    expect(iamUser).toMatchObject({ always: false, severity: 'low' });
    expect(iamUser.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
