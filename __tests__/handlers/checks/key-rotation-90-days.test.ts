import { keyRotation90Days } from '../../../handlers/checks/key-rotation-90-days';
import { CONTEXT, type Case, inactiveKey, judge, key, user } from '../../support/rows';

describe('the check key-rotation-90-days', () => {
  it.each<Case>([
    ['does not apply to a user without keys', user, 'not-applicable'],
    [
      'does not apply to an inactive key, even though it keeps its dates',
      { ...user, ...inactiveKey(1) },
      'not-applicable',
    ],
    ['passes a key that is 89 days old', { ...user, ...key(1, 89, 1) }, 'pass'],
    ['passes a key that is 90 days old', { ...user, ...key(1, 90, 1) }, 'pass'],
    ['fails a key that is 91 days old', { ...user, ...key(1, 91, 1) }, 'fail'],
    ['fails an old key in slot 2', { ...user, ...key(1, 1, 1), ...key(2, 91, 1) }, 'fail'],
    [
      'fails an active key without a date',
      { ...user, ...key(1, 1, 1), access_key_1_last_rotated: 'N/A' },
      'fail',
    ],
    [
      'fails a date that cannot be read',
      { ...user, ...key(1, 1, 1), access_key_1_last_rotated: '2026-11-22' },
      'fail',
    ],
  ])('%s', (_about, cells, result) => {
    expect(judge(keyRotation90Days, cells).result).toBe(result);
  });

  it('uses the number of days that the environment sets', () => {
    const thresholds = { ...CONTEXT.thresholds, rotationDays: 60 };
    expect(judge(keyRotation90Days, { ...user, ...key(1, 61, 1) }, { ...CONTEXT, thresholds }).result).toBe(
      'fail',
    );
    expect(judge(keyRotation90Days, { ...user, ...key(1, 60, 1) }, { ...CONTEXT, thresholds }).result).toBe(
      'pass',
    );
  });

  it('states its recommendation numbers in the CIS benchmark', () => {
    expect(keyRotation90Days.cis).toEqual({ 'v3.0': '1.14', 'v5.0': '1.13' });
  });
});
