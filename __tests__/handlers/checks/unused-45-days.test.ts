import { unused45Days } from '../../../handlers/checks/unused-45-days';
import { CONTEXT, type Case, consoleUser, days, inactiveKey, judge, key, user } from '../../support/rows';

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
    ['fails a password that was never used and whose age is unknown', neverUsed('N/A'), 'fail'],
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
    ['fails a date that cannot be read', { ...consoleUser, password_last_used: '22.11.2026' }, 'fail'],
    [
      'fails a date in the far future',
      { ...consoleUser, password_last_used: '2062-11-22T08:00:00Z' },
      'fail',
    ],
    ['fails an empty date', { ...consoleUser, password_last_used: '' }, 'fail'],
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
    expect(judge(unused45Days, cells).reason).toBe(
      'password last used 45 days ago; access key 1 last used 100 days ago; access key 2 never used in 60 days',
    );
  });

  it('uses the number of days that the environment sets', () => {
    const thresholds = { ...CONTEXT.thresholds, unusedDays: 30 };
    expect(judge(unused45Days, { ...user, ...key(1, 400, 30) }, { ...CONTEXT, thresholds }).result).toBe(
      'fail',
    );
    expect(judge(unused45Days, { ...user, ...key(1, 400, 29) }, { ...CONTEXT, thresholds }).result).toBe(
      'pass',
    );
  });

  it('states its recommendation numbers in the CIS benchmark', () => {
    expect(unused45Days.cis).toEqual({ 'v3.0': '1.12', 'v5.0': '1.11' });
  });
});
