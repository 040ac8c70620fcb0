import { Exemptions } from '../../../handlers/core/exemptions';
import type { ExemptedAccount } from '../../../handlers/core/exemption-scopes';
import { Pattern } from '../../../handlers/core/matches-pattern';
import type { Exemption } from '../../../handlers/shared/events';

const CHECK = 'key-rotation-90-days';
const DATE = '2026-11-22';
const account: ExemptedAccount = {
  id: '123456789012',
  path: 'o-exampleorg1/r-ab12/ou-ab12-11111111/ou-ab12-22222222/123456789012/',
  owner: { name: 'Payments', source: 'tag', asOf: DATE },
  tags: { team: 'payments', 'cost=center': '42' },
};
/** Nothing but its ID is known. */
const bare: ExemptedAccount = { id: account.id };

const exemption = {
  account: account.id,
  user: 'ci-*',
  check: CHECK,
  reason: 'until the pipeline uses a role',
  expires: '2026-11-30',
} satisfies Exemption;
const { account: _account, ...withoutScope } = exemption;

const isCovered = (date: string, change: Partial<Exemption>, user: string, of: ExemptedAccount = account) =>
  new Exemptions([{ ...exemption, ...change }], date).apply(CHECK, of, user) !== undefined;
const covers = (scope: Partial<Exemption>, of: ExemptedAccount) =>
  new Exemptions([{ ...withoutScope, ...scope }], DATE).apply(CHECK, of, 'ci-build') !== undefined;

describe('an exemption', () => {
  it('applies through its last day and not a day longer', () => {
    expect(isCovered('2026-11-30', {}, 'ci-build')).toBe(true);
    expect(isCovered('2026-12-01', {}, 'ci-build')).toBe(false);
    expect(new Exemptions([exemption], '2026-12-01').all[0]?.effect).toBe('expired');
  });

  it.each([
    ['ci-*', 'ci-build', true],
    ['ci-*', 'my-ci-build', false],
    ['ci-?', 'ci-1', true],
    ['ci-?', 'ci-10', false],
    ['*', '<root_account>', true],
    ['*-bot', 'deploy-bot', true],
    ['a.b', 'a.b', true],
    ['a.b*', 'axb', false],
    ['a+b*', 'a+b', true],
    ['ada', 'Ada', false],
    ['<root_account>', '<root_account>', true],
  ])('for the user %s covers %s: %s', (pattern, user, covered) => {
    expect(isCovered(DATE, { user: pattern }, user)).toBe(covered);
  });

  it('covers its own account only, or every account', () => {
    const other = { id: '210987654321' };
    expect(isCovered(DATE, {}, 'ci-build', other)).toBe(false);
    expect(isCovered(DATE, { account: '*' }, 'ci-build', other)).toBe(true);
  });

  it.each([
    ['ou-ab12-22222222', true],
    ['ou-ab12-11111111', true],
    ['r-ab12', true],
    ['o-exampleorg1/r-ab12/ou-ab12-11111111', true],
    ['o-exampleorg1/r-ab12/ou-ab12-11111111/ou-ab12-22222222/', true],
    ['o-exampleorg1/r-ab12', true],
    ['ou-ab12-33333333', false],
    // The unit is not there any more: a path says where it has to be.
    ['o-exampleorg1/r-ab12/ou-ab12-22222222', false],
    ['ou-ab12-2222222', false],
  ])('for the unit %s covers an account below ou-ab12-11111111/ou-ab12-22222222: %s', (ou, isBelow) => {
    expect(covers({ ou }, account)).toBe(isBelow);
  });

  it.each([
    [{ key: 'team', value: 'payments' }, true],
    [{ key: 'cost=center', value: '42' }, true],
    [{ key: 'cost', value: 'center=42' }, false],
    [{ key: 'team', value: 'Payments' }, false],
  ])('for the tag %j covers an account with it: %s', (accountTag, covered) => {
    expect(covers({ accountTag }, account)).toBe(covered);
  });

  it('for an owner covers the accounts of the owner', () => {
    expect(covers({ owner: 'Payments' }, account)).toBe(true);
    expect(covers({ owner: 'payments' }, account)).toBe(false);
  });

  it.each([{ ou: 'r-ab12' }, { accountTag: { key: 'team', value: 'payments' } }, { owner: 'Payments' }])(
    'by %j does not apply to an account of which that is not known',
    (scope) => {
      expect(covers(scope, bare)).toBe(false);
    },
  );

  it('covers its own check only', () => {
    expect(isCovered(DATE, { check: 'console-mfa' }, 'ci-build')).toBe(false);
  });

  it('that ends last is the one that a finding is shown with, and then the one for fewest accounts', () => {
    const every = { ...exemption, account: '*' };
    const later = { ...every, expires: '2027-01-01' };
    const shown = (list: Exemption[]) => new Exemptions(list, DATE).apply(CHECK, account, 'ci-build');
    expect(shown([exemption, later])).toMatchObject(later);
    expect(shown([later, exemption])).toMatchObject(later);
    expect(shown([every, exemption])).toMatchObject(exemption);
  });

  it.each([
    ['2026-11-15', false],
    ['2026-11-16', true],
    ['2026-11-30', true],
    ['2026-12-01', false],
  ])('until November 30 ends soon on %s: %s', (date, endsSoon) => {
    expect(new Exemptions([exemption], date).all[0]?.endsSoon).toBe(endsSoon);
  });
});

describe('the exemptions of a run', () => {
  it('count the findings that each of them matches', () => {
    const exemptions = new Exemptions([exemption, { ...exemption, user: 'ci-1' }], DATE, [
      { ...exemption, account: '*' },
    ]);
    for (const user of ['ci-1', 'ci-2', 'ada']) exemptions.apply(CHECK, account, user);
    expect(exemptions.all.map(({ source, findings }) => [source, findings])).toEqual([
      ['environment', 2],
      ['environment', 1],
      ['file', 2],
    ]);
  });

  it('do not count findings of another run', () => {
    const exemptions = new Exemptions([exemption], DATE);
    expect(exemptions.find(CHECK, account, 'ci-1')).toMatchObject(exemption);
    expect(exemptions.all[0]?.findings).toBe(0);
  });

  const effectOf = (scope: Partial<Exemption>, tell: (exemptions: Exemptions) => void) => {
    const exemptions = new Exemptions([{ ...withoutScope, ...scope }], DATE);
    tell(exemptions);
    return { effect: exemptions.all[0]?.effect, notes: exemptions.notes() };
  };
  const other = { ...account, id: '210987654321', path: undefined, tags: undefined, owner: undefined };

  it('tell the one that matches a finding, and the one that matches none', () => {
    const used = effectOf({ account: '*' }, (exemptions) => {
      exemptions.tell(account, true);
      exemptions.apply(CHECK, account, 'ci-1');
    });
    expect(used).toEqual({ effect: 'used', notes: [] });
    const unused = effectOf({ account: '*' }, (exemptions) => {
      exemptions.tell(account, true);
    });
    expect(unused).toEqual({ effect: 'unused', notes: [] });
  });

  it.each([
    [{ account: account.id }],
    [{ account: '*' }],
    [{ ou: 'r-ab12' }],
    [{ owner: 'Payments' }],
    [{ accountTag: { key: 'team', value: 'payments' } }],
  ])('do not call one unused whose accounts have no report: %j', (scope) => {
    expect(
      effectOf(scope, (exemptions) => {
        exemptions.tell(account, false);
      }).effect,
    ).toBe('undecided');
    expect(
      effectOf(scope, (exemptions) => {
        exemptions.tell(account, true);
      }).effect,
    ).toBe('unused');
  });

  it.each([
    [{ ou: 'r-ab12' }, 'organizational unit (1) do not apply to the accounts whose unit is not known (2).'],
    [{ owner: 'Payments' }, 'owner (1) do not apply to the accounts whose owner is not known (2).'],
    [
      { accountTag: { key: 'team', value: 'payments' } },
      'account tag (1) do not apply to the accounts whose tags are not known (2).',
    ],
  ])('tell that %j does not apply to accounts of which that is not known', (scope, note) => {
    const told = effectOf(scope, (exemptions) => {
      exemptions.tell(account, true);
      exemptions.tell(other, true);
      exemptions.tell(bare, false);
    });
    expect(told).toEqual({ effect: 'undecided', notes: [`Exemptions by ${note}`] });
  });

  it('say nothing of unknown tags if no exemption that applies names a tag', () => {
    const expired = { accountTag: { key: 'team', value: 'payments' }, expires: '2026-11-21' };
    expect(
      effectOf(expired, (exemptions) => {
        exemptions.tell(bare, true);
      }),
    ).toEqual({
      effect: 'expired',
      notes: [],
    });
  });
});

describe('tens of thousands of exemptions', () => {
  const ACCOUNTS = 50_000;
  const idOf = (number: number) => String(100_000_000_000 + number);
  const accounts = Array.from({ length: ACCOUNTS }, (_, number): ExemptedAccount => ({
    id: idOf(number),
    path: `o-exampleorg1/r-ab12/ou-ab12-${String(number % 500).padStart(8, '0')}/${idOf(number)}/`,
    owner: { name: `team-${number % 1_000}`, source: 'tag', asOf: DATE },
    tags: { team: `team-${number % 1_000}` },
  }));
  const scopes = [
    (number: number) => ({ account: idOf(number) }),
    (number: number) => ({ account: '*', user: `svc-${number}-*` }),
    (number: number) => ({ ou: `ou-ab12-${String(number % 500).padStart(8, '0')}`, user: `svc-${number}-*` }),
    (number: number) => ({ owner: `team-${number % 1_000}`, user: `svc-${number}-?` }),
    (number: number) => ({
      accountTag: { key: 'team', value: `team-${number % 1_000}` },
      user: `user-${number}`,
    }),
  ];
  const list = accounts.map((_, number): Exemption => ({
    ...withoutScope,
    ...scopes[number % scopes.length]?.(number),
  }));

  it('are compared with a finding as seldom as a few: at most once a prefix', () => {
    const matches = jest.spyOn(Pattern.prototype, 'matches');
    const exemptions = new Exemptions(list, DATE);
    let covered = 0;
    for (const [number, one] of accounts.entries())
      for (const user of ['ada', `svc-${number}-1`, `user-${number}`, '<root_account>'])
        if (exemptions.apply(CHECK, one, user)) covered++;
    // One pattern in three of five is tried for the user whose name it starts with, and no other.
    expect(matches).toHaveBeenCalledTimes((3 * ACCOUNTS) / scopes.length);
    expect(covered).toBe((4 * ACCOUNTS) / scopes.length);
    matches.mockRestore();
  });
});
