import { checks } from '../../../handlers/checks';
import type { Manifest } from '../../../handlers/core/manifest';
import { InconsistentTotals, assertConsistent } from '../../../handlers/core/assert-consistent';
import { accountId } from '../../support/stored-run';

const counts = { pass: 1, fail: 0, exempt: 0, notApplicable: 0 };
const consistent = {
  totals: { accounts: 3, expected: 2, collected: 1, failed: 1, skipped: 1, users: 1, findings: 0 },
  failures: [{ reason: 'denied', accounts: 1 }],
  checks: checks.map(({ id }) => ({ id, ...counts })),
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
      { checks: consistent.checks.map((check) => ({ ...check, pass: 2 })) },
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

  /** Three accounts with ten users, of which one, if so many are missing, has no root row. */
  const threeAccounts = (missing: Partial<Record<'fail' | 'exempt', number>>, rootResults: number) => {
    const none = { pass: 0, fail: 0, exempt: 0, notApplicable: 0 };
    const { fail = 0, exempt = 0 } = missing;
    const results = {
      report: { ...none, fail, exempt, pass: 3 - fail - exempt },
      root: { ...none, fail: 1, exempt: 1, notApplicable: rootResults - 2 },
      user: { pass: 1, fail: 2, exempt: 3, notApplicable: 4 },
    };
    const counted = checks.map(({ id, appliesTo }) => ({ id, ...results[appliesTo] }));
    const findings = counted.reduce((sum, { fail }) => sum + fail, 0);
    return {
      totals: { accounts: 3, expected: 3, collected: 3, failed: 0, skipped: 0, users: 10, findings },
      checks: counted,
      accounts: [1, 2, 3].map((number) => ({ id: accountId(number), outcome: 'collected' })),
    } as unknown as Manifest;
  };

  it.each([
    [{}, 3],
    [{ fail: 1 }, 2],
    [{ exempt: 1 }, 2],
  ])('count the results of a check against the rows that it applies to: %j', (missing, rootResults) => {
    expect(() => {
      assertConsistent(threeAccounts(missing, rootResults));
    }).not.toThrow();
    expect(() => {
      assertConsistent(threeAccounts(missing, rootResults + 1));
    }).toThrow(`${rootResults + 1} results of root-mfa, but ${rootResults} rows it applies to`);
  });
});
