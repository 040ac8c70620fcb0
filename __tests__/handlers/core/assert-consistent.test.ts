import type { Manifest } from '../../../handlers/core/manifest';
import { InconsistentTotals, assertConsistent as assertWith } from '../../../handlers/core/assert-consistent';
import { ruleSetOf } from '../../../handlers/core/rule-set';
import { defaultSettings } from '../../../tools/support/embedded-execution';
import { accountId } from '../../support/stored-run';

const ruleSet = ruleSetOf(defaultSettings.checks, 'aws');
const assertConsistent = (manifest: Manifest) => {
  assertWith(manifest, ruleSet);
};

const CENTRAL = 'central-root-access';
const counts = { findings: 0, pass: 1, fail: 0, unknown: 0, exempt: 0, notApplicable: 0 };
const consistent = {
  totals: { accounts: 3, expected: 2, collected: 1, failed: 1, skipped: 1, users: 1, findings: 0 },
  failures: [{ reason: 'denied', accounts: 1 }],
  checks: ruleSet.checks.map(({ check: { id, appliesTo } }) => ({
    id,
    ...counts,
    // The root user and the only user of the account that was collected.
    pass: appliesTo === 'principal' ? 2 : 1,
  })),
  frameworks: [
    {
      label: 'CIS v7.0',
      controls: [
        { id: '2.5', checks: ['root-mfa'], status: 'met', met: 1, exempt: 0, notMet: 0, undecided: 1 },
        // Of the organization, which is one, and of the organization and its accounts.
        { id: '2.1', checks: [CENTRAL], status: 'met', met: 1, exempt: 0, notMet: 0, undecided: 0 },
        {
          id: '2.2',
          checks: [CENTRAL, 'iam-user'],
          status: 'met',
          met: 3,
          exempt: 0,
          notMet: 0,
          undecided: 0,
        },
        {
          id: '2.6',
          checks: ['iam-user'],
          status: 'not-assessed',
          met: 0,
          exempt: 0,
          notMet: 0,
          undecided: 0,
        },
      ],
    },
  ],
  accounts: [
    { id: accountId(1), outcome: 'collected', users: 1, findings: 0 },
    { id: accountId(2), outcome: 'failed' },
    { id: accountId(3), outcome: 'skipped' },
  ],
} as unknown as Manifest;
const [collected, failed, skipped] = consistent.accounts as [
  Manifest['accounts'][0],
  Manifest['accounts'][0],
  Manifest['accounts'][0],
];

describe('the totals of a manifest', () => {
  it('add up in a run without contradictions', () => {
    expect(() => {
      assertConsistent(consistent);
    }).not.toThrow();
  });

  it.each<[string, Partial<Manifest>]>([
    ['an account is missing', { accounts: [collected, failed] }],
    ['an account is listed twice', { accounts: [collected, failed, { ...skipped, id: failed.id }] }],
    ['one more account failed', { accounts: [collected, failed, failed] }],
    ['users are missing', { totals: { ...consistent.totals, users: 2 } }],
    ['a finding is missing', { totals: { ...consistent.totals, findings: 1 } }],
    ['a check has no result', { checks: consistent.checks.slice(1) }],
    [
      'a check has one result too many',
      { checks: consistent.checks.map((check) => ({ ...check, pass: check.pass + 1 })) },
    ],
    [
      'a control has one account too few',
      {
        frameworks: consistent.frameworks.map((framework) => ({
          ...framework,
          controls: framework.controls.map((control) => ({ ...control, met: 0 })),
        })),
      },
    ],
    [
      'an expected account is neither collected nor failed',
      { totals: { ...consistent.totals, expected: 3, skipped: 0 } },
    ],
  ])('do not add up when %s', (_about, change) => {
    expect(() => {
      assertConsistent({ ...consistent, ...change });
    }).toThrow(InconsistentTotals);
  });

  /** Three accounts with ten users. */
  const threeAccounts = (rootResults: number) => {
    const none = { findings: 0, pass: 0, fail: 0, unknown: 0, exempt: 0, notApplicable: 0 };
    const results = {
      report: { ...none, pass: 3 },
      account: { ...none, pass: 3 },
      root: { ...none, findings: 2, fail: 1, unknown: 1, notApplicable: rootResults - 2 },
      principal: { ...none, pass: 13 },
      organization: { ...none, pass: 1 },
      user: { ...none, findings: 4, pass: 1, fail: 2, unknown: 1, exempt: 3, notApplicable: 3 },
    };
    const counted = ruleSet.checks.map(({ check: { id, appliesTo } }) => ({ id, ...results[appliesTo] }));
    const findings = counted.reduce((sum, check) => sum + check.findings, 0);
    return {
      totals: { accounts: 3, expected: 3, collected: 3, failed: 0, skipped: 0, users: 10, findings },
      checks: counted,
      frameworks: [],
      accounts: [1, 2, 3].map((number) => ({ id: accountId(number), outcome: 'collected' })),
    } as unknown as Manifest;
  };

  it('count the results of a check against the rows that it applies to', () => {
    expect(() => {
      assertConsistent(threeAccounts(3));
    }).not.toThrow();
    expect(() => {
      assertConsistent(threeAccounts(4));
    }).toThrow('4 results of root-mfa, but 3 rows it applies to');
  });
});
