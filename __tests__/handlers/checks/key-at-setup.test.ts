import { keyAtSetup } from '../../../handlers/checks/key-at-setup';
import { CONTEXT, type Case, consoleUser, inactiveKey, judge, key, user } from '../../support/rows';

describe('the check key-at-setup', () => {
  it.each<Case>([
    ['does not apply to a user without a password', { ...user, ...key(1, 1, 'never') }, 'not-applicable'],
    ['passes a console user without keys', consoleUser, 'pass'],
    ['passes a console user whose key was used', { ...consoleUser, ...key(1, 5, 1) }, 'pass'],
    [
      'fails a console user with a key that was never used',
      { ...consoleUser, ...key(1, 0, 'never') },
      'fail',
    ],
    [
      'fails when only the second key was never used',
      { ...consoleUser, ...key(1, 5, 1), ...key(2, 5, 'never') },
      'fail',
    ],
    [
      'passes when the unused key is inactive',
      { ...consoleUser, ...inactiveKey(1), access_key_1_last_used_date: 'N/A' },
      'pass',
    ],
    [
      'fails when the date of the last use cannot be read',
      { ...consoleUser, ...key(1, 5, 1), access_key_1_last_used_date: '?' },
      'fail',
    ],
  ])('%s', (_about, cells, result) => {
    expect(judge(keyAtSetup, cells).result).toBe(result);
  });

  it('states its recommendation numbers in the CIS benchmark', () => {
    expect(keyAtSetup.cis).toEqual({ 'v3.0': '1.11', 'v5.0': '1.10' });
  });

  it('has a title', () => {
    expect(keyAtSetup.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
