import { neverUsed } from '../../../handlers/checks/never-used';
import {
  type Case,
  consoleUser,
  days,
  inactiveKey,
  judge,
  key,
  user,
  withThresholds,
} from '../../support/rows';

const password = (changed: string, used = 'no_information') => ({
  ...consoleUser,
  password_last_used: used,
  password_last_changed: changed,
});

describe('the check never-used', () => {
  it.each<Case>([
    ['does not apply to a user without credentials', user, 'not-applicable'],
    ['does not apply to an inactive key', { ...user, ...inactiveKey(1) }, 'not-applicable'],
    ['passes a password created 29 days ago', password(days(29)), 'pass'],
    ['fails a password created 30 days ago', password(days(30)), 'fail'],
    ['fails a password created 31 days ago, N/A', password(days(31), 'N/A'), 'fail'],
    ['passes a password that was used, however long ago', password(days(900), days(800)), 'pass'],
    ['passes a key created 29 days ago', { ...user, ...key(1, 29, 'never') }, 'pass'],
    ['fails a key created 30 days ago', { ...user, ...key(2, 30, 'never') }, 'fail'],
    ['passes a key that was used, however long ago', { ...user, ...key(1, 900, 800) }, 'pass'],
    ['cannot tell when the age of a never used password is unknown', password('N/A'), 'unknown'],
    ['cannot tell when the last use cannot be read', password(days(1), '?'), 'unknown'],
  ])('%s', (_about, cells, result) => {
    expect(judge(neverUsed, cells).result).toBe(result);
  });

  it('judges each credential by itself', () => {
    const cells = { ...password(days(40)), ...key(1, 60, 1), ...key(2, 10, 'never') };
    expect(judge(neverUsed, cells).reasons).toEqual([
      'password never used in 40 days',
      'access key 1 is used',
      'access key 2 never used in 10 days',
    ]);
  });

  it('uses the number of days that the environment sets', () => {
    const context = withThresholds({ neverUsedDays: 10 });
    expect(judge(neverUsed, { ...user, ...key(1, 9, 'never') }, context).result).toBe('pass');
    expect(judge(neverUsed, { ...user, ...key(1, 10, 'never') }, context).result).toBe('fail');
    expect(neverUsed.title(context.thresholds)).toContain('10 days');
  });
});
