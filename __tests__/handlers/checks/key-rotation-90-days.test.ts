import { keyRotation90Days } from '../../../handlers/checks/key-rotation-90-days';
import {
  CONTEXT,
  type Case,
  consoleUser,
  inactiveKey,
  judge,
  key,
  user,
  withThresholds,
} from '../../support/rows';

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
      'cannot tell the age of an active key without a date',
      { ...user, ...key(1, 1, 1), access_key_1_last_rotated: 'N/A' },
      'unknown',
    ],
    [
      'cannot tell when the date cannot be read',
      { ...user, ...key(1, 1, 1), access_key_1_last_rotated: '2026-11-22' },
      'unknown',
    ],
  ])('%s', (_about, cells, result) => {
    expect(judge(keyRotation90Days, cells).result).toBe(result);
  });

  it('uses the number of days that the environment sets', () => {
    const context = withThresholds({ rotationDays: 60 });
    expect(judge(keyRotation90Days, { ...user, ...key(1, 61, 1) }, context).result).toBe('fail');
    expect(judge(keyRotation90Days, { ...user, ...key(1, 60, 1) }, context).result).toBe('pass');
    expect(keyRotation90Days.title(context.thresholds)).toContain('60 days');
  });

  it('has another number of days for machines, if the environment sets one', () => {
    const context = { ...CONTEXT, machines: { rotationDays: 180 } };
    const machine = (age: number) => judge(keyRotation90Days, { ...user, ...key(1, age, 1) }, context);
    expect(machine(180).result).toBe('pass');
    expect(machine(181).result).toBe('fail');
    expect(judge(keyRotation90Days, { ...consoleUser, ...key(1, 91, 1) }, context).result).toBe('fail');
  });

  it('does not ask whether a user is a machine if that makes no difference', () => {
    const cells = { ...user, ...key(1, 91, 1), password_enabled: '' };
    expect(judge(keyRotation90Days, cells).result).toBe('fail');
  });

  it('fails a key that is too old for people and machines, whichever the user is', () => {
    const context = { ...CONTEXT, machines: { rotationDays: 180 } };
    const result = (age: number) =>
      judge(keyRotation90Days, { ...user, ...key(1, age, 1), password_enabled: '' }, context).result;
    expect([90, 91, 180, 181].map(result)).toEqual(['unknown', 'unknown', 'unknown', 'fail']);
  });

  it('judges each key by itself', () => {
    const { verdicts } = judge(keyRotation90Days, { ...user, ...key(1, 500, 1), ...key(2, 90, 1) });
    expect(verdicts).toMatchObject([
      { result: 'fail', reason: 'access key 1 is 500 days old', credential: { id: '1', ageDays: 500 } },
      { result: 'pass', reason: 'access key 2 is 90 days old', credential: { id: '2', ageDays: 90 } },
    ]);
  });
});
