import { passwordAge } from '../../../handlers/checks/password-age';
import { type Case, consoleUser, days, judge, user, withThresholds } from '../../support/rows';

const changed = (date: string) => ({ ...consoleUser, password_last_changed: date });

describe('the check password-age', () => {
  it.each<Case>([
    ['does not apply to a user without a password', user, 'not-applicable'],
    [
      'does not apply to a user whose password was removed',
      { ...user, password_last_changed: days(500) },
      'not-applicable',
    ],
    ['passes a password changed 89 days ago', changed(days(89)), 'pass'],
    ['passes a password changed 90 days ago', changed(days(90)), 'pass'],
    ['fails a password changed 91 days ago', changed(days(91)), 'fail'],
    ['cannot tell the age of a password without a date', changed('N/A'), 'unknown'],
    ['cannot tell when the date cannot be read', changed(''), 'unknown'],
    ['cannot tell when password_enabled cannot be read', { ...user, password_enabled: '' }, 'unknown'],
  ])('%s', (_about, cells, result) => {
    expect(judge(passwordAge, cells).result).toBe(result);
  });

  it('says how old the password is', () => {
    expect(judge(passwordAge, changed(days(91))).verdicts).toMatchObject([
      { reason: 'password is 91 days old', credential: { kind: 'password', ageDays: 91 } },
    ]);
    expect(judge(passwordAge, changed('N/A')).reasons).toEqual(['password of unknown age']);
    expect(judge(passwordAge, user).reasons).toEqual(['no console password']);
  });

  it('uses the number of days that the environment sets', () => {
    const context = withThresholds({ passwordDays: 180 });
    expect(judge(passwordAge, changed(days(180)), context).result).toBe('pass');
    expect(judge(passwordAge, changed(days(181)), context).result).toBe('fail');
    expect(passwordAge.title(context.thresholds)).toContain('180 days');
  });
});
