import { unused90Days } from '../../../handlers/checks/unused-90-days';
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

const neverUsed = (changed: string) => ({
  ...consoleUser,
  password_last_used: 'no_information',
  password_last_changed: changed,
});

describe('the check unused-90-days', () => {
  it.each<Case>([
    ['does not apply to a user without credentials', user, 'not-applicable'],
    ['does not apply to a user whose keys are inactive', { ...user, ...inactiveKey(1) }, 'not-applicable'],
    ['passes a password used 89 days ago', { ...consoleUser, password_last_used: days(89) }, 'pass'],
    ['fails a password used 90 days ago', { ...consoleUser, password_last_used: days(90) }, 'fail'],
    ['passes a password created 89 days ago and never used', neverUsed(days(89)), 'pass'],
    ['fails a password created 90 days ago and never used', neverUsed(days(90)), 'fail'],
    ['cannot tell when the age of a never used password is unknown', neverUsed('N/A'), 'unknown'],
    ['passes a key used 89 days ago', { ...user, ...key(1, 400, 89) }, 'pass'],
    ['fails a key used 90 days ago', { ...user, ...key(2, 400, 90) }, 'fail'],
    ['fails a key created 90 days ago and never used', { ...user, ...key(2, 90, 'never') }, 'fail'],
    ['cannot tell when a date cannot be read', { ...consoleUser, password_last_used: '?' }, 'unknown'],
  ])('%s', (_about, cells, result) => {
    expect(judge(unused90Days, cells).result).toBe(result);
  });

  it('uses the number of days that the environment sets, not that of unused-45-days', () => {
    const context = withThresholds({ longUnusedDays: 60, unusedDays: 10 });
    expect(judge(unused90Days, { ...user, ...key(1, 400, 60) }, context).result).toBe('fail');
    expect(judge(unused90Days, { ...user, ...key(1, 400, 59) }, context).result).toBe('pass');
    expect(unused90Days.title(context.thresholds)).toContain('60 days');
  });

  it('has another number of days for machines, if the environment sets one', () => {
    const context = { ...CONTEXT, machines: { longUnusedDays: 120 } };
    expect(judge(unused90Days, { ...user, ...key(1, 400, 119) }, context).result).toBe('pass');
    expect(judge(unused90Days, { ...user, ...key(1, 400, 120) }, context).result).toBe('fail');
    expect(judge(unused90Days, { ...consoleUser, ...key(1, 400, 90) }, context).result).toBe('fail');
  });
});
