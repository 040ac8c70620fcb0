import type { Account } from '@aws-sdk/client-organizations';
import { ledgerAccount } from '../../../handlers/list-accounts/account-selection';
import type { AccountSelection } from '../../../handlers/shared/events';

const collecting = '999999999999';
const everyAccount: AccountSelection = { includeOus: [], excludeOus: [], exclude: [] };

describe('a ledger account', () => {
  const account: Account = {
    Id: '111111111111',
    Name: 'one',
    State: 'ACTIVE',
    Paths: ['o-a/r-b/ou-c/ou-d/111111111111/'],
  };
  const skip = (selection: Partial<AccountSelection>, changed: Account = account) =>
    ledgerAccount(changed, { ...everyAccount, ...selection }, collecting).skip;

  it('takes its state from State, and from the retired Status only if State is absent', () => {
    expect(
      ledgerAccount({ ...account, State: 'PENDING_CLOSURE', Status: 'ACTIVE' }, everyAccount, collecting)
        .state,
    ).toBe('PENDING_CLOSURE');
    expect(ledgerAccount({ Id: '1', Status: 'ACTIVE' }, everyAccount, collecting)).toEqual({
      id: '1',
      name: '',
      state: 'ACTIVE',
    });
  });

  it('does not count as active when the API returns neither', () => {
    expect(skip({}, { Id: '1' })).toBe('UNKNOWN');
  });

  it('is expected when it is in an included organizational unit, at any depth', () => {
    expect(skip({ includeOus: ['ou-c'] })).toBeUndefined();
    expect(skip({ includeOus: ['ou-x'] })).toBe('organizational unit not included');
  });

  it('is skipped when it, or a unit that contains it, is excluded', () => {
    expect(skip({ excludeOus: ['ou-d'] })).toBe('excluded organizational unit');
    expect(skip({ exclude: ['111111111111'] })).toBe('excluded account');
    expect(skip({ includeOus: ['ou-c'], excludeOus: ['ou-d'] })).toBe('excluded organizational unit');
  });

  it('is expected without being in a unit if it is the account that collects, and that is included', () => {
    const included = { includeOus: ['ou-x'], includeCollectingAccount: true };
    const management = { ...account, Id: collecting, Paths: ['o-a/r-b/999999999999/'] };
    expect(skip(included, management)).toBeUndefined();
    expect(skip(included, { ...management, Paths: undefined })).toBeUndefined();
    expect(skip(included)).toBe('organizational unit not included');
    expect(skip({ ...included, includeCollectingAccount: false }, management)).toBe(
      'organizational unit not included',
    );
  });

  it('is skipped if it is excluded, also if it is the account that collects', () => {
    const included = { includeOus: ['ou-x'], includeCollectingAccount: true };
    const inUnit = { ...account, Id: collecting };
    expect(skip({ ...included, exclude: [collecting] }, inUnit)).toBe('excluded account');
    expect(skip({ ...included, excludeOus: ['ou-d'] }, inUnit)).toBe('excluded organizational unit');
  });

  it('fails the run when units are selected and the API does not return its path', () => {
    expect(() => skip({ includeOus: ['ou-c'] }, { ...account, Paths: undefined })).toThrow(/111111111111/);
  });

  it('is selected by its ID even if the API does not return its path', () => {
    expect(skip({ exclude: ['111111111111'], includeOus: ['ou-c'] }, { ...account, Paths: [] })).toBe(
      'excluded account',
    );
    expect(skip({}, { ...account, Paths: undefined })).toBeUndefined();
  });

  it('fails the run when only units are excluded and the API does not return its path', () => {
    expect(() => skip({ excludeOus: ['ou-d'] }, { ...account, Paths: [] })).toThrow(/111111111111/);
  });

  it('is skipped for its state, whatever is selected', () => {
    const suspended: Account = { ...account, State: 'SUSPENDED' };
    expect(skip({ exclude: ['111111111111'], includeOus: ['ou-x'] }, suspended)).toBe('SUSPENDED');
  });

  it('is in a unit only if the whole ID of the unit is in its path', () => {
    expect(skip({ includeOus: ['ou'] })).toBe('organizational unit not included');
    expect(skip({ excludeOus: ['ou'] })).toBeUndefined();
  });

  it('is included by one of several units, and excluded by one of several', () => {
    expect(skip({ includeOus: ['ou-x', 'ou-c'] })).toBeUndefined();
    expect(skip({ excludeOus: ['ou-x', 'ou-c'] })).toBe('excluded organizational unit');
  });

  it('keeps its ID, name and path in the ledger', () => {
    expect(ledgerAccount(account, everyAccount, collecting)).toEqual({
      id: '111111111111',
      name: 'one',
      state: 'ACTIVE',
      path: 'o-a/r-b/ou-c/ou-d/111111111111/',
    });
  });
});
