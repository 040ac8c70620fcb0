import { accountChanges, changesOf } from '../../../handlers/core/changes';
import type { AccountSnapshot, UserSnapshot } from '../../../handlers/core/snapshot';

const account = (...users: UserSnapshot[]): AccountSnapshot => ({ account: '123456789012', users });
const nothing = { newFindings: [], resolvedFindings: [], usersAdded: [], usersRemoved: [] };

describe('what changed in an account', () => {
  it('is nothing when users and findings are the same in another order', () => {
    const before = account(['ada', 'console-mfa', 'two-active-keys'], ['ken']);
    const now = account(['ken'], ['ada', 'two-active-keys', 'console-mfa']);
    expect(changesOf(before, now)).toEqual(nothing);
  });

  it('tells new findings from resolved ones, by user and check', () => {
    const now = account(['ada', 'two-active-keys']);
    expect(changesOf(account(['ada', 'console-mfa']), now)).toEqual({
      ...nothing,
      newFindings: [{ user: 'ada', check: 'two-active-keys' }],
      resolvedFindings: [{ user: 'ada', check: 'console-mfa' }],
    });
  });

  it('takes all of an account that was never seen for new', () => {
    expect(changesOf(undefined, account(['<root_account>', 'root-mfa'], ['ada', 'console-mfa']))).toEqual({
      ...nothing,
      newFindings: [
        { user: '<root_account>', check: 'root-mfa' },
        { user: 'ada', check: 'console-mfa' },
      ],
      usersAdded: ['ada'],
    });
  });

  it('counts findings of users that went as resolved', () => {
    expect(changesOf(account(['ada', 'console-mfa']), account())).toEqual({
      ...nothing,
      resolvedFindings: [{ user: 'ada', check: 'console-mfa' }],
      usersRemoved: ['ada'],
    });
  });

  it('does not call a finding resolved because it was exempted, and calls it new when that is over', () => {
    const [failing, exempt] = [account(['ada', 'console-mfa']), account(['ada', 'console-mfa:exempt'])];
    expect(changesOf(failing, exempt)).toEqual(nothing);
    expect(changesOf(exempt, exempt)).toEqual(nothing);
    expect(changesOf(exempt, failing)).toEqual({
      ...nothing,
      newFindings: [{ user: 'ada', check: 'console-mfa' }],
    });
    expect(changesOf(exempt, account(['ada'])).resolvedFindings).toEqual([
      { user: 'ada', check: 'console-mfa' },
    ]);
  });

  it('copes with users that are called like a part of JavaScript', () => {
    const odd = account(['__proto__', 'console-mfa'], ['constructor']);
    expect(changesOf(account(), odd).usersAdded).toEqual(['__proto__', 'constructor']);
    expect(changesOf(odd, odd)).toEqual(nothing);
  });
});

describe('accounts that came and went', () => {
  const outcomes = (...list: [id: string, outcome: 'collected' | 'failed' | 'skipped'][]) =>
    list.map(([id, outcome]) => ({ id, name: `name-${id}`, outcome }));

  it('are those that are expected now and were not, and the other way round', () => {
    const before = {
      accounts: outcomes(['1', 'collected'], ['2', 'failed'], ['3', 'skipped'], ['4', 'collected']),
    };
    const now = outcomes(['1', 'failed'], ['3', 'collected'], ['4', 'skipped'], ['5', 'collected']);
    expect(accountChanges(before, now)).toEqual({
      accountsAdded: [
        { id: '3', name: 'name-3', why: 'was skipped before' },
        { id: '5', name: 'name-5', why: 'is new in the organization' },
      ],
      accountsRemoved: [
        { id: '2', name: 'name-2', why: 'has left the organization' },
        { id: '4', name: 'name-4', why: 'is skipped now' },
      ],
    });
  });
});
