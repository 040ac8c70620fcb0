import { accountChanges, changesOf } from '../../../handlers/core/changes';
import type { AccountSnapshot, UserSnapshot } from '../../../handlers/core/snapshot';

const account = (...users: UserSnapshot[]): AccountSnapshot => ({ account: '123456789012', users });
const nothing = { newFindings: [], resolvedFindings: [], usersAdded: [], usersRemoved: [] };

describe('the changes in an account', () => {
  it('are empty when users and findings are the same in another order', () => {
    const before = account(['ada', 'console-mfa', 'two-active-keys'], ['ken']);
    const after = account(['ken'], ['ada', 'two-active-keys', 'console-mfa']);
    expect(changesOf(before, after)).toEqual(nothing);
  });

  it('identify new and resolved findings by user and check', () => {
    const after = account(['ada', 'two-active-keys']);
    expect(changesOf(account(['ada', 'console-mfa']), after)).toEqual({
      ...nothing,
      newFindings: [{ user: 'ada', check: 'two-active-keys' }],
      resolvedFindings: [{ user: 'ada', check: 'console-mfa' }],
    });
  });

  it('include everything in an account that was never collected before', () => {
    expect(changesOf(undefined, account(['<root_account>', 'root-mfa'], ['ada', 'console-mfa']))).toEqual({
      ...nothing,
      newFindings: [
        { user: '<root_account>', check: 'root-mfa' },
        { user: 'ada', check: 'console-mfa' },
      ],
      usersAdded: ['ada'],
    });
  });

  it('include the findings of removed users as resolved', () => {
    expect(changesOf(account(['ada', 'console-mfa']), account())).toEqual({
      ...nothing,
      resolvedFindings: [{ user: 'ada', check: 'console-mfa' }],
      usersRemoved: ['ada'],
    });
  });

  it('do not include an exempted finding as resolved, and include it as new when the exemption ends', () => {
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

  it('are correct for users named like properties of JavaScript objects', () => {
    const odd = account(['__proto__', 'console-mfa'], ['constructor']);
    expect(changesOf(account(), odd).usersAdded).toEqual(['__proto__', 'constructor']);
    expect(changesOf(odd, odd)).toEqual(nothing);
  });
});

describe('the accounts added and removed', () => {
  const outcomes = (...list: [id: string, outcome: 'collected' | 'failed' | 'skipped'][]) =>
    list.map(([id, outcome]) => ({ id, name: `name-${id}`, outcome }));

  it('are those expected now but not before, and those expected before but not now', () => {
    const before = {
      accounts: outcomes(['1', 'collected'], ['2', 'failed'], ['3', 'skipped'], ['4', 'collected']),
    };
    const after = outcomes(['1', 'failed'], ['3', 'collected'], ['4', 'skipped'], ['5', 'collected']);
    expect(accountChanges(before, after)).toEqual({
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
