import { pass } from '../../../handlers/checks/check';
import { eachActive, readable } from '../../../handlers/checks/credentials';
import { ACCESS_KEYS } from '../../../handlers/credential-report/credential';
import { UnreadableCell } from '../../../handlers/credential-report/credential-row';
import { key, rowOf, user } from '../../support/rows';

const mistake = () => {
  throw new TypeError('a mistake in the check');
};

describe('a credential that is judged', () => {
  it('is unknown when a cell cannot be read, and only this one', () => {
    const row = rowOf({ ...user, access_key_1_active: '?', ...key(2, 5, 1) });
    const verdicts = eachActive(row, ACCESS_KEYS, 'none', (_, name) => pass(`${name} judged`));
    expect(verdicts).toMatchObject([
      { result: 'unknown', credential: { id: '1' } },
      { result: 'pass', reason: 'access key 2 judged', credential: { id: '2' } },
    ]);
  });

  it('is not unknown because of a mistake in a check', () => {
    expect(() => eachActive(rowOf({ ...user, ...key(1, 5, 1) }), ACCESS_KEYS, 'none', mistake)).toThrow(
      TypeError,
    );
    expect(() => readable(mistake)).toThrow(TypeError);
  });

  it('says which cell cannot be read', () => {
    const unreadable = () => {
      throw new UnreadableCell('mfa_active "?" is neither true nor false');
    };
    expect(readable(unreadable)).toEqual([
      { result: 'unknown', reason: 'cannot be evaluated: mfa_active "?" is neither true nor false' },
    ]);
  });
});
