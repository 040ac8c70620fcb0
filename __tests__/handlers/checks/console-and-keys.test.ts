import { consoleAndKeys } from '../../../handlers/checks/console-and-keys';
import { CONTEXT, type Case, consoleUser, inactiveKey, judge, key, user } from '../../support/rows';

describe('the check console-and-keys', () => {
  it.each<Case>([
    ['does not apply to a user without a password', { ...user, ...key(1, 1, 1) }, 'not-applicable'],
    ['passes a console user without keys', consoleUser, 'pass'],
    ['passes a console user whose key is inactive', { ...consoleUser, ...inactiveKey(1) }, 'pass'],
    ['fails a console user with a key in slot 1', { ...consoleUser, ...key(1, 1, 1) }, 'fail'],
    ['fails a console user with a key in slot 2', { ...consoleUser, ...key(2, 1, 'never') }, 'fail'],
    [
      'fails a key in slot 2 when the one in slot 1 cannot be read',
      { ...consoleUser, ...key(2, 9, 1), access_key_1_active: '?' },
      'fail',
    ],
    ['cannot tell when a key cannot be read', { ...consoleUser, access_key_2_active: '' }, 'unknown'],
    ['cannot tell when password_enabled cannot be read', { ...user, password_enabled: '' }, 'unknown'],
  ])('%s', (_about, cells, result) => {
    expect(judge(consoleAndKeys, cells).result).toBe(result);
  });

  it('has a title', () => {
    expect(consoleAndKeys.title(CONTEXT.thresholds)).toMatch(/^[A-Z]/);
  });
});
