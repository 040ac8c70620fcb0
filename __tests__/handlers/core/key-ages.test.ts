import { KeyAges, keyAgesOf } from '../../../handlers/core/key-ages';
import type { CredentialRow } from '../../../handlers/credential-report/credential-row';
import { type Cells, inactiveKey, key, rowOf, user } from '../../support/rows';

function agesOf(...rows: Cells[]) {
  const ages = new KeyAges();
  ages.add(keyAgesOf(rows.map((cells) => rowOf(cells))));
  ages.add(keyAgesOf([]));
  return ages.totals;
}
const countsOf = (...rows: Cells[]) => agesOf(...rows).groups.map(({ keys }) => keys);

describe('the ages of access keys', () => {
  it('are counted in groups that leave out no day', () => {
    expect(agesOf()).toEqual({
      groups: [
        { from: 0, to: 30, keys: 0 },
        { from: 31, to: 90, keys: 0 },
        { from: 91, to: 180, keys: 0 },
        { from: 181, to: 365, keys: 0 },
        { from: 366, to: null, keys: 0 },
      ],
      unknown: 0,
    });
  });

  it.each([
    [0, [1, 0, 0, 0, 0]],
    [30, [1, 0, 0, 0, 0]],
    [31, [0, 1, 0, 0, 0]],
    [90, [0, 1, 0, 0, 0]],
    [91, [0, 0, 1, 0, 0]],
    [180, [0, 0, 1, 0, 0]],
    [181, [0, 0, 0, 1, 0]],
    [365, [0, 0, 0, 1, 0]],
    [366, [0, 0, 0, 0, 1]],
    [4000, [0, 0, 0, 0, 1]],
  ])('are whole days: a key that is %d days old', (age, counts) => {
    expect(countsOf({ ...user, ...key(1, age, 'never') })).toEqual(counts);
  });

  it('count every active key of every user, and no inactive one', () => {
    const two = { ...user, ...key(1, 5, 1), ...key(2, 100, 1) };
    expect(countsOf(two, user, { ...user, ...inactiveKey(1), ...key(2, 6, 1) })).toEqual([2, 0, 1, 0, 0]);
  });

  it('have a mean over all accounts, to a tenth of a day, which leaves out what is unknown', () => {
    const ages = new KeyAges();
    ages.add(keyAgesOf([rowOf({ ...user, ...key(1, 10, 1), ...key(2, 100, 1) })]));
    ages.add(keyAgesOf([rowOf({ ...user, ...key(1, 5, 1) })]));
    ages.add(keyAgesOf([rowOf({ ...user, ...key(1, 1, 1), access_key_1_last_rotated: 'long ago' })]));
    // 115 / 3
    expect(ages.totals).toMatchObject({ meanDays: 38.3, unknown: 1 });
  });

  it('are unknown without a date, and where a cell cannot be read', () => {
    const withoutDate = { ...user, ...key(1, 1, 1), access_key_1_last_rotated: 'N/A' };
    const unreadable = { ...user, ...key(1, 1, 1), access_key_1_last_rotated: 'long ago' };
    const perhaps = { ...user, ...key(2, 1, 1), access_key_2_active: '' };
    expect(agesOf(withoutDate, unreadable, perhaps)).toMatchObject({ unknown: 3 });
    expect(countsOf(withoutDate, unreadable, perhaps)).toEqual([0, 0, 0, 0, 0]);
  });

  it('do not hide a mistake of the program', () => {
    const row = {
      isActive: () => {
        throw new TypeError('a mistake');
      },
    } as unknown as CredentialRow;
    expect(() => {
      keyAgesOf([row]);
    }).toThrow(TypeError);
  });
});
