import { type AccountChanges, accountChanges, changesOf as compared } from '../../../handlers/core/changes';
import { type AccountSnapshot, type UserSnapshot, comparedFinding } from '../../../handlers/core/snapshot';

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
const RULES = { 'console-mfa': {}, 'two-active-keys': {}, 'unused-45-days': { unusedDays: 45 } };
/** The changes between two runs with the same rules. */
const changesOf = (before: AccountSnapshot | undefined, after: AccountSnapshot) =>
  compared(before, after, RULES, RULES);

describe('the changes in an account', () => {
  it('are empty when users and findings are the same in another order', () => {
    const before = account(['ada', 'console-mfa', 'two-active-keys'], ['ken']);
    const after = account(['ken'], ['ada', 'two-active-keys', 'console-mfa']);
    expect(changesOf(before, after)).toEqual(nothing);
  });

  it('identify findings by user, check and credential, whatever the slot of the credential', () => {
    const [old, other] = ['2024-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'];
    const before = account(['ada', `unused-45-days access-key ${old}`, 'unused-45-days password']);
    const after = account(['ada', `unused-45-days access-key ${old}`, `unused-45-days access-key ${other}`]);
    expect(changesOf(before, after)).toEqual({
      ...nothing,
      newFindings: [
        {
          user: 'ada',
          check: 'unused-45-days',
          credential: `access-key ${other}`,
          key: `unused-45-days access-key ${other}`,
        },
      ],
      resolvedFindings: [
        { user: 'ada', check: 'unused-45-days', credential: 'password', key: 'unused-45-days password' },
      ],
    });
  });

  it('identify new and resolved findings by user and check', () => {
    const after = account(['ada', 'two-active-keys']);
    expect(changesOf(account(['ada', 'console-mfa']), after)).toEqual({
      ...nothing,
      newFindings: [comparedFinding('ada', 'two-active-keys')],
      resolvedFindings: [comparedFinding('ada', 'console-mfa')],
    });
  });

  it('include everything in an account that was never collected before', () => {
    expect(changesOf(undefined, account(['<root_account>', 'root-mfa'], ['ada', 'console-mfa']))).toEqual({
      ...nothing,
      newFindings: [comparedFinding('<root_account>', 'root-mfa'), comparedFinding('ada', 'console-mfa')],
      usersAdded: ['ada'],
    });
  });

  it('include the findings of removed users as resolved', () => {
    expect(changesOf(account(['ada', 'console-mfa']), account())).toEqual({
      ...nothing,
      resolvedFindings: [comparedFinding('ada', 'console-mfa')],
      usersRemoved: ['ada'],
    });
  });

  it('tell findings that become exempt from resolved ones, and include them as new when the exemption ends', () => {
    const [open, exempt] = [account(['ada', 'console-mfa']), account(['ada', '!console-mfa'])];
    const finding = comparedFinding('ada', 'console-mfa');
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
  const [none, open, exempt] = [[], ['unused-45-days'], ['!unused-45-days']].map((findingKeys) =>
    account(['ada', ...findingKeys]),
  ) as [AccountSnapshot, AccountSnapshot, AccountSnapshot];
  const finding = comparedFinding('ada', 'unused-45-days');
  const LOOSER = { ...RULES, 'unused-45-days': { unusedDays: 400 } };
  const { 'unused-45-days': _removed, ...WITHOUT } = RULES;

  it.each([
    ['its threshold', RULES, LOOSER],
    ['the check came', WITHOUT, RULES],
    ['the check went', RULES, WITHOUT],
    ['the check got its first threshold', { ...RULES, 'unused-45-days': {} }, RULES],
  ])('are neither new nor resolved findings: %s', (_about, before, after) => {
    expect(compared(none, open, before, after)).toEqual({ ...nothing, appearedFindings: [finding] });
    expect(compared(open, none, before, after)).toEqual({ ...nothing, disappearedFindings: [finding] });
    expect(compared(open, open, before, after)).toEqual(nothing);
    expect(compared(exempt, none, before, after)).toEqual(nothing);
  });

  it('are those of machines, too', () => {
    const after = { ...RULES, 'unused-45-days': { unusedDays: 45, 'machines.unusedDays': 90 } };
    expect(compared(open, none, RULES, after)).toEqual({ ...nothing, disappearedFindings: [finding] });
  });

  it('are those of its check only', () => {
    const after = account(['ada', 'console-mfa']);
    expect(compared(open, after, RULES, LOOSER)).toEqual({
      ...nothing,
      newFindings: [comparedFinding('ada', 'console-mfa')],
      disappearedFindings: [finding],
    });
    expect(compared(after, none, RULES, LOOSER)).toEqual({
      ...nothing,
      resolvedFindings: [comparedFinding('ada', 'console-mfa')],
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
    expect(compared(odd, none, { constructor: { days: 1 } }, {})).toMatchObject({
      disappearedFindings: [comparedFinding('ada', 'constructor')],
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
