import { accountSelection } from '../../../constructs/environment/account-selection';
import { Environment } from '../../../constructs/environment/environment';
import { warningsOf } from '../../../constructs/environment/warnings';

const [one, two] = ['ou-ab12-abcdefgh', 'ou-ab12-ijklmnop'];
const excluded = { excludeOus: [], exclude: [] };
const selectionOf = (environment: object) => accountSelection(Environment.parse(environment));
const stackSet = (...targets: string[]) => ({ roleDeployment: { kind: 'stack-set', targets } });
const delegated = { collectFrom: 'delegated-administrator' };

describe('the accounts that are collected', () => {
  it.each([
    ['nothing is set', {}],
    ['the target is the root', stackSet('r-ab12')],
    ['the role is rolled out by others', { roleDeployment: { kind: 'none' } }],
    ['a delegated administrator collects from everyone', delegated],
  ])('are all if %s', (_when, environment) => {
    expect(selectionOf(environment)).toEqual({ includeOus: [], ...excluded });
  });

  it('are those of the targets, and the management account, whose role Terraform creates', () => {
    expect(selectionOf(stackSet(one, two))).toEqual({
      includeOus: [one, two],
      includeCollectingAccount: true,
      ...excluded,
    });
  });

  it('are only those of the targets if the StackSet creates the role of the account that collects', () => {
    expect(selectionOf({ ...stackSet(one), ...delegated })).toEqual({ includeOus: [one], ...excluded });
  });

  it.each([[[]], [[two]]])(
    'are those of the list %j that the environment has, whatever the targets are',
    (list) => {
      const environment = { ...stackSet(one), accounts: { includeOus: list } };
      expect(selectionOf(environment)).toEqual({ includeOus: list, ...excluded });
    },
  );

  it('are never those that the environment excludes', () => {
    const accounts = { excludeOus: [two], exclude: ['111111111111'] };
    expect(selectionOf({ ...stackSet(one), accounts })).toEqual({
      includeOus: [one],
      includeCollectingAccount: true,
      ...accounts,
    });
  });

  it('are all if the root is looked up, which is a token for CDKTF', () => {
    const targets = ['${data.aws_organizations_organization.organization.roots[0].id}'];
    const roleDeployment = { kind: 'stack-set', targets } as const;
    expect(accountSelection({ ...Environment.parse({}), roleDeployment })).toEqual({
      includeOus: [],
      ...excluded,
    });
  });
});

describe('a warning about accounts without the role', () => {
  const warnings = (environment: object) =>
    warningsOf(Environment.parse({ alertEmails: ['security@example.com'], ...environment }));

  it.each([
    {},
    stackSet(one),
    { ...stackSet(one, two), accounts: { includeOus: [two] } },
    { ...stackSet('r-ab12'), accounts: { includeOus: [one] } },
    { ...stackSet('r-ab12'), accounts: { includeOus: [] } },
    { roleDeployment: { kind: 'none' }, accounts: { includeOus: [one] } },
  ])('does not come for %j', (environment) => {
    expect(warnings(environment)).toEqual([]);
  });

  it('names the units that are not among the targets, and says that they may be below one', () => {
    expect(warnings({ ...stackSet(one), accounts: { includeOus: [one, two] } })).toEqual([
      `accounts.includeOus has ${two}, which roleDeployment.targets does not list; accounts that are not below a target get ` +
        'no report role and fail as role-not-assumable. Add it to roleDeployment.targets, unless it is below one',
    ]);
  });

  it('comes for all accounts if only some get the role', () => {
    expect(warnings({ ...stackSet(one), accounts: { includeOus: [] } })).toEqual([
      'accounts.includeOus is [], which means every account, but only accounts below roleDeployment.targets get the report ' +
        'role; the others fail as role-not-assumable. Leave accounts.includeOus out to collect the accounts that get it',
    ]);
  });
});

describe('other warnings', () => {
  const warnings = (environment: object) =>
    warningsOf(Environment.parse({ alertEmails: ['security@example.com'], ...environment }));

  it.each([
    ['accounts.includeOus', { accounts: { includeOus: [one], excludeOus: [one] } }],
    ['roleDeployment.targets', { ...stackSet(one), accounts: { excludeOus: [one] } }],
  ])('name a unit of %s that is excluded too', (field, environment) => {
    expect(warnings(environment)).toEqual([
      `${field} and accounts.excludeOus both have ${one}: no account below it is collected`,
    ]);
  });

  it('say what allowDestroy allows', () => {
    expect(warnings({ allowDestroy: true })).toEqual([
      expect.stringMatching(/^allowDestroy is true: .*every report/),
    ]);
  });
});
