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

  it('counts the results of a check against the rows that it applies to', () => {
    const perAccount = { pass: 0, fail: 1, exempt: 1, notApplicable: 1 };
    const perUser = { pass: 1, fail: 2, exempt: 3, notApplicable: 4 };
    const counted = checks.map(({ id, appliesTo }) => ({
      id,
      ...(appliesTo === 'root' ? perAccount : perUser),
    }));
    const findings = counted.reduce((sum, { fail }) => sum + fail, 0);
    const manifest = {
      totals: { accounts: 3, expected: 3, collected: 3, failed: 0, skipped: 0, users: 10, findings },
      checks: counted,
      accounts: [1, 2, 3].map((number) => ({ id: accountId(number), outcome: 'collected' })),
    } as unknown as Manifest;
    expect(() => {
      assertConsistent(manifest);
    }).not.toThrow();
  });
});
