import { keyAtSetup } from '../../../handlers/checks/key-at-setup';
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

describe('the check key-at-setup', () => {
  it.each<Case>([
    ['does not apply to a user without a password', { ...user, ...key(1, 1, 'never') }, 'not-applicable'],
    ['does not apply to a console user without keys', consoleUser, 'not-applicable'],
    ['passes a console user whose key was used', { ...consoleUser, ...key(1, 5, 1) }, 'pass'],
    [
      'does not apply to a key that was made today: a report needs time to show its use',
      { ...consoleUser, ...key(1, 0, 'never') },
      'not-applicable',
    ],
    ['passes a key that was made and used today', { ...consoleUser, ...key(1, 0, 0) }, 'pass'],
    [
      'fails a console user with a key that was made a day ago and never used',
      { ...consoleUser, ...key(1, 1, 'never') },
      'fail',
    ],
    [
      'cannot tell of a never used key of unknown age',
      { ...consoleUser, ...key(1, 5, 'never'), access_key_1_last_rotated: 'N/A' },
      'unknown',
    ],
    [
      'fails when only the second key was never used',
      { ...consoleUser, ...key(1, 5, 1), ...key(2, 5, 'never') },
      'fail',
    ],
    [
      'does not apply when the unused key is inactive',
      { ...consoleUser, ...inactiveKey(1), access_key_1_last_used_date: 'N/A' },
      'not-applicable',
    ],
    [
      'cannot tell when the date of the last use cannot be read',
      { ...consoleUser, ...key(1, 5, 1), access_key_1_last_used_date: '?' },
      'unknown',
    ],
  ])('%s', (_about, cells, result) => {
    expect(judge(keyAtSetup, cells).result).toBe(result);
  });

  it('uses the number of days that the environment sets', () => {
    const context = withThresholds({ freshKeyDays: 3 });
    const judged = (age: number) => judge(keyAtSetup, { ...consoleUser, ...key(1, age, 'never') }, context);
    expect(judged(2)).toMatchObject({ result: 'not-applicable', reasons: ['access key 1 is 2 days old'] });
    expect(judged(3)).toMatchObject({ result: 'fail', reasons: ['access key 1 active and never used'] });
  });

  it('has a title', () => {
    expect(keyAtSetup.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
