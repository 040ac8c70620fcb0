import { unused45Days } from '../../../handlers/checks/unused-45-days';
import {
  CONTEXT,
  type Case,
  consoleUser,
  days,
  inactiveKey,
  judge,
  key,
  user,
  withThresholds,
} from '../../support/rows';

const neverUsed = (changed: string, value = 'no_information') => ({
  ...consoleUser,
  password_last_used: value,
  password_last_changed: changed,
});

describe('the check unused-45-days', () => {
  it.each<Case>([
    ['does not apply to a user without credentials', user, 'not-applicable'],
    ['does not apply to a user whose keys are inactive', { ...user, ...inactiveKey(1) }, 'not-applicable'],
    ['passes a password used 44 days ago', { ...consoleUser, password_last_used: days(44) }, 'pass'],
    ['fails a password used 45 days ago', { ...consoleUser, password_last_used: days(45) }, 'fail'],
    ['fails a password used 46 days ago', { ...consoleUser, password_last_used: days(46) }, 'fail'],
    ['passes a password created 44 days ago and never used', neverUsed(days(44)), 'pass'],
    ['fails a password created 45 days ago and never used', neverUsed(days(45)), 'fail'],
    ['fails a password created 46 days ago and never used, N/A', neverUsed(days(46), 'N/A'), 'fail'],
    ['cannot tell when a password was never used and its age is unknown', neverUsed('N/A'), 'unknown'],
    ['passes a key used 44 days ago', { ...user, ...key(1, 400, 44) }, 'pass'],
    ['fails a key used 45 days ago', { ...user, ...key(1, 400, 45) }, 'fail'],
    ['passes a key created 44 days ago and never used', { ...user, ...key(2, 44, 'never') }, 'pass'],
    ['fails a key created 45 days ago and never used', { ...user, ...key(2, 45, 'never') }, 'fail'],
    ['fails an unused key when the password is in use', { ...consoleUser, ...key(2, 90, 46) }, 'fail'],
    [
      'fails an unused password when a key is in use',
      { ...consoleUser, ...key(2, 90, 1), password_last_used: days(45) },
      'fail',
    ],
    [
      'reads dates that end in +00:00',
      { ...consoleUser, password_last_used: days(45).replace('Z', '+00:00') },
      'fail',
    ],
    [
      'reads recent dates that end in +00:00',
      { ...consoleUser, password_last_used: days(44).replace('Z', '+00:00') },
      'pass',
    ],
    [
      'cannot tell when a date cannot be read',
      { ...consoleUser, password_last_used: '22.11.2026' },
      'unknown',
    ],
    [
      'cannot tell when a date is in the far future',
      { ...consoleUser, password_last_used: '2062-11-22T08:00:00Z' },
      'unknown',
    ],
    ['cannot tell when a date is empty', { ...consoleUser, password_last_used: '' }, 'unknown'],
    [
      'fails an unused key although the date of the password cannot be read',
      { ...consoleUser, ...key(1, 400, 45), password_last_used: '' },
      'fail',
    ],
  ])('%s', (_about, cells, result) => {
    expect(judge(unused45Days, cells).result).toBe(result);
  });

  it('names every unused credential, and for how long it has been unused', () => {
    const cells = {
      ...consoleUser,
      ...key(1, 500, 100),
      ...key(2, 60, 'never'),
      password_last_used: days(45),
    };
    expect(judge(unused45Days, cells).reasons).toEqual([
      'password last used 45 days ago',
      'access key 1 last used 100 days ago',
      'access key 2 never used in 60 days',
    ]);
  });

  it('uses the number of days that the environment sets', () => {
    const context = withThresholds({ unusedDays: 30 });
    expect(judge(unused45Days, { ...user, ...key(1, 400, 30) }, context).result).toBe('fail');
    expect(judge(unused45Days, { ...user, ...key(1, 400, 29) }, context).result).toBe('pass');
    expect(unused45Days.title(context.thresholds)).toContain('30 days');
  });

  it('has another number of days for machines, if the environment sets one', () => {
    const context = { ...CONTEXT, machines: { unusedDays: 60 } };
    expect(judge(unused45Days, { ...user, ...key(1, 400, 59) }, context).result).toBe('pass');
    expect(judge(unused45Days, { ...user, ...key(1, 400, 60) }, context).result).toBe('fail');
    expect(judge(unused45Days, { ...consoleUser, ...key(1, 400, 45) }, context).result).toBe('fail');
    const unreadable = { ...user, ...key(1, 400, 50), password_enabled: '' };
    expect(judge(unused45Days, unreadable, context).result).toBe('unknown');
  });
});
