import { twoActiveKeys } from '../../../handlers/checks/two-active-keys';
import { CONTEXT, type Case, inactiveKey, judge, key, user } from '../../support/rows';

describe('the check two-active-keys', () => {
  it.each<Case>([
    ['does not apply to a user without keys', user, 'not-applicable'],
    ['passes one active key', { ...user, ...key(2, 1, 1) }, 'pass'],
    ['passes an active and an inactive key', { ...user, ...key(1, 1, 1), ...inactiveKey(2) }, 'pass'],
    ['fails two active keys', { ...user, ...key(1, 1, 1), ...key(2, 1, 1) }, 'fail'],
    [
      'fails two active keys, in upper case',
      { ...user, access_key_1_active: 'TRUE', access_key_2_active: 'TRUE' },
      'fail',
    ],
    [
      'cannot tell when access_key_2_active cannot be read',
      { ...user, ...key(1, 1, 1), access_key_2_active: '' },
      'unknown',
    ],
  ])('%s', (_about, cells, result) => {
    expect(judge(twoActiveKeys, cells).result).toBe(result);
  });

  it('has a title', () => {
    expect(twoActiveKeys.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
