import { type AccountChanges, accountChanges, changesOf as compared } from '../../../handlers/core/changes';
import type { AccountSnapshot, UserSnapshot } from '../../../handlers/core/snapshot';

const account = (...users: UserSnapshot[]): AccountSnapshot => ({ account: '123456789012', users });
const nothing: AccountChanges = {
  newFindings: [],
  appearedFindings: [],
  resolvedFindings: [],
  disappearedFindings: [],
  exemptedFindings: [],
  resolvedExemptFindings: [],
  usersAdded: [],
  usersRemoved: [],
};
const RULES = { 'console-mfa': null, 'two-active-keys': null, 'unused-45-days': 45 };
/** The changes between two runs with the same rules. */
const changesOf = (before: AccountSnapshot | undefined, after: AccountSnapshot) =>
  compared(before, after, RULES, RULES);

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

  it('tell findings that become exempt from resolved ones, and include them as new when the exemption ends', () => {
    const [open, exempt] = [account(['ada', 'console-mfa']), account(['ada', 'console-mfa:exempt'])];
    const finding = { user: 'ada', check: 'console-mfa' };
    expect(changesOf(open, exempt)).toEqual({ ...nothing, exemptedFindings: [finding] });
    expect(changesOf(exempt, exempt)).toEqual(nothing);
    expect(changesOf(exempt, open)).toEqual({ ...nothing, newFindings: [finding] });
    expect(changesOf(exempt, account(['ada']))).toEqual({ ...nothing, resolvedExemptFindings: [finding] });
    expect(changesOf(account(['ada']), exempt)).toEqual(nothing);
  });

  it('are correct for users named like properties of JavaScript objects', () => {
    const odd = account(['__proto__', 'console-mfa'], ['constructor']);
    expect(changesOf(account(), odd).usersAdded).toEqual(['__proto__', 'constructor']);
    expect(changesOf(odd, odd)).toEqual(nothing);
  });
});

describe('the changes in an account when a rule changed', () => {
  const [none, open, exempt] = [[], ['unused-45-days'], ['unused-45-days:exempt']].map((findingKeys) =>
    account(['ada', ...findingKeys]),
  ) as [AccountSnapshot, AccountSnapshot, AccountSnapshot];
  const finding = { user: 'ada', check: 'unused-45-days' };
  const LOOSER = { ...RULES, 'unused-45-days': 400 };
  const { 'unused-45-days': _removed, ...WITHOUT } = RULES;

  it.each([
    ['its threshold', RULES, LOOSER],
    ['the check came', WITHOUT, RULES],
    ['the check went', RULES, WITHOUT],
    ['the check got its first threshold', { ...RULES, 'unused-45-days': null }, RULES],
  ])('are neither new nor resolved findings: %s', (_about, before, after) => {
    expect(compared(none, open, before, after)).toEqual({ ...nothing, appearedFindings: [finding] });
    expect(compared(open, none, before, after)).toEqual({ ...nothing, disappearedFindings: [finding] });
    expect(compared(open, open, before, after)).toEqual(nothing);
    expect(compared(exempt, none, before, after)).toEqual(nothing);
  });

  it('are those of its check only', () => {
    const after = account(['ada', 'console-mfa']);
    expect(compared(open, after, RULES, LOOSER)).toEqual({
      ...nothing,
      newFindings: [{ user: 'ada', check: 'console-mfa' }],
      disappearedFindings: [finding],
    });
    expect(compared(after, none, RULES, LOOSER)).toEqual({
      ...nothing,
      resolvedFindings: [{ user: 'ada', check: 'console-mfa' }],
    });
  });

  it('do not hide that an exemption began or ended, which no rule can do', () => {
    expect(compared(exempt, open, RULES, LOOSER)).toEqual({ ...nothing, newFindings: [finding] });
    expect(compared(open, exempt, RULES, LOOSER)).toEqual({ ...nothing, exemptedFindings: [finding] });
  });

  it('are new in an account that was never collected', () => {
    expect(compared(undefined, open, RULES, LOOSER)).toEqual({
      ...nothing,
      newFindings: [finding],
      usersAdded: ['ada'],
    });
  });

  it('are correct for checks named like properties of JavaScript objects', () => {
    const odd = account(['ada', 'constructor']);
    expect(compared(odd, none, { constructor: 1 } as never, {})).toMatchObject({
      disappearedFindings: [{ user: 'ada', check: 'constructor' }],
    });
    expect(compared(odd, none, {}, {})).toMatchObject({ disappearedFindings: [] });
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
