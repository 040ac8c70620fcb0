import { rootRecentUse } from '../../../handlers/checks/root-recent-use';
import { CONTEXT, type Case, days, inactiveKey, judge, root } from '../../support/rows';

describe('the check root-recent-use', () => {
  it.each<Case>([
    ['passes a root user that was never used', root, 'pass'],
    ['passes no_information', { ...root, password_last_used: 'no_information' }, 'pass'],
    ['passes not_supported', { ...root, password_last_used: 'not_supported' }, 'pass'],
    ['fails a password used 29 days ago', { ...root, password_last_used: days(29) }, 'fail'],
    ['passes a password used 30 days ago', { ...root, password_last_used: days(30) }, 'pass'],
    ['passes a password used 31 days ago', { ...root, password_last_used: days(31) }, 'pass'],
    [
      'fails a key used 29 days ago beside an old password',
      { ...root, password_last_used: days(400), access_key_2_last_used_date: days(29) },
      'fail',
    ],
    [
      'fails a recent use of a key that is inactive by now',
      { ...root, ...inactiveKey(1), access_key_1_last_used_date: days(2) },
      'fail',
    ],
    ['fails a use after the run began', { ...root, password_last_used: '2026-11-22T09:00:00Z' }, 'fail'],
    ['fails a date that cannot be read', { ...root, password_last_used: 'yesterday' }, 'fail'],
  ])('%s', (_about, cells, result) => {
    expect(judge(rootRecentUse, cells).result).toBe(result);
  });

  it('takes its number of days from the environment', () => {
    const thresholds = { ...CONTEXT.thresholds, rootUnusedDays: 10 };
    expect(judge(rootRecentUse, { ...root, password_last_used: days(10) }, { thresholds }).result).toBe(
      'pass',
    );
    expect(judge(rootRecentUse, { ...root, password_last_used: days(9) }, { thresholds }).result).toBe(
      'fail',
    );
    expect(rootRecentUse.title(thresholds)).toContain('10 days');
  });

  it('has its numbers in the CIS benchmark', () => {
    expect(rootRecentUse.cis).toEqual({ 'v3.0': '1.7', 'v5.0': '1.6' });
  });
});
