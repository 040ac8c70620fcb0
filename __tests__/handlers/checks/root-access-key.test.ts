import { rootAccessKey } from '../../../handlers/checks/root-access-key';
import { CONTEXT, type Case, days, inactiveKey, judge, key, root } from '../../support/rows';

describe('the check root-access-key', () => {
  it.each<Case>([
    ['passes a root user without keys', root, 'pass'],
    [
      'passes a root user whose key is inactive, even though it keeps its dates',
      { ...root, ...inactiveKey(1) },
      'pass',
    ],
    ['fails an active key in slot 1', { ...root, ...key(1, 1, 1) }, 'fail'],
    ['fails an active key in slot 2', { ...root, ...key(2, 1, 'never') }, 'fail'],
    [
      'cannot tell when access_key_2_active cannot be read',
      { ...root, access_key_2_active: 'maybe' },
      'unknown',
    ],
    ['cannot tell when access_key_1_active is empty', { ...root, access_key_1_active: '' }, 'unknown'],
    [
      'fails an active key whatever the other cell contains',
      { ...root, ...key(2, 1, 1), access_key_1_active: '' },
      'fail',
    ],
  ])('%s', (_about, cells, result) => {
    expect(judge(rootAccessKey, cells).result).toBe(result);
  });

  it('has a verdict for each key', () => {
    const { verdicts } = judge(rootAccessKey, { ...root, ...key(1, 9, 'never'), ...key(2, 5, 1) });
    expect(verdicts).toMatchObject([
      { result: 'fail', reason: 'access key 1 active', credential: { id: '1', createdAt: days(9) } },
      { result: 'fail', reason: 'access key 2 active', credential: { id: '2', lastUsedAt: days(1) } },
    ]);
    expect(judge(rootAccessKey, { ...root, mfa_active: 'true' }).verdicts).toEqual([
      { result: 'pass', reason: 'no active access key' },
    ]);
  });

  it('has a title', () => {
    expect(rootAccessKey.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
