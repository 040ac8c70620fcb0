import { rootRecentUse } from '../../../handlers/checks/root-recent-use';
import { type Case, days, inactiveKey, judge, key, root, withThresholds } from '../../support/rows';

describe('the check root-recent-use', () => {
  it.each<Case>([
    ['passes a root user that was never used', root, 'pass'],
    [
      'passes when the password has no_information',
      { ...root, password_last_used: 'no_information' },
      'pass',
    ],
    ['passes when the password is not_supported', { ...root, password_last_used: 'not_supported' }, 'pass'],
    ['fails a password used 29 days ago', { ...root, password_last_used: days(29) }, 'fail'],
    ['passes a password used 30 days ago', { ...root, password_last_used: days(30) }, 'pass'],
    ['passes a password used 31 days ago', { ...root, password_last_used: days(31) }, 'pass'],
    [
      'fails a key used 29 days ago, however old the last use of the password is',
      { ...root, password_last_used: days(400), access_key_2_last_used_date: days(29) },
      'fail',
    ],
    [
      'fails recent use of a key that is now inactive',
      { ...root, ...inactiveKey(1), access_key_1_last_used_date: days(2) },
      'fail',
    ],
    ['fails use after the run started', { ...root, password_last_used: '2026-11-22T08:00:30Z' }, 'fail'],
    ['cannot tell when a date cannot be read', { ...root, password_last_used: 'yesterday' }, 'unknown'],
    [
      'fails recent use of a key when another date cannot be read',
      { ...root, password_last_used: 'yesterday', access_key_2_last_used_date: days(2) },
      'fail',
    ],
    [
      'cannot tell when a date cannot be read and the others are not recent',
      { ...root, password_last_used: 'yesterday', access_key_2_last_used_date: days(200) },
      'unknown',
    ],
  ])('%s', (_about, cells, result) => {
    expect(judge(rootRecentUse, cells).result).toBe(result);
  });

  it('uses the number of days that the environment sets', () => {
    const context = withThresholds({ rootUnusedDays: 10 });
    const judged = (age: number) => judge(rootRecentUse, { ...root, password_last_used: days(age) }, context);
    expect(judged(10).result).toBe('pass');
    expect(judged(9).result).toBe('fail');
    expect(rootRecentUse.title(context.thresholds)).toContain('10 days');
  });

  it('names each credential with its last use, or says that none is on record', () => {
    const used = { ...root, ...key(2, 100, 2), password_last_used: days(50) };
    expect(judge(rootRecentUse, used).verdicts).toMatchObject([
      { result: 'pass', reason: 'password last used 50 days ago', credential: { kind: 'password' } },
      {
        result: 'fail',
        reason: 'access key 2 last used 2 days ago',
        credential: { kind: 'access-key', id: '2', createdAt: days(100), lastUsedAt: days(2) },
      },
    ]);
    expect(judge(rootRecentUse, root).reasons).toEqual(['no use on record']);
  });
});
