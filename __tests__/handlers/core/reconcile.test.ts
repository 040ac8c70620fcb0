import { keys } from '../../../handlers/shared/bucket-layout';
import type { Ledger, Outcome } from '../../../handlers/shared/run-files';
import { reconcile } from '../../../handlers/core/reconcile';
import { InconsistentTotals } from '../../../handlers/core/assert-consistent';
import { DATE, accountId } from '../../support/stored-run';

const [first, second, third] = [1, 2, 3].map(accountId) as [string, string, string];
const ledger: Ledger = {
  execution: 'run-1',
  date: DATE,
  accounts: [
    { id: third, name: 'c', state: 'SUSPENDED', skip: 'SUSPENDED' },
    { id: second, name: 'b', state: 'ACTIVE' },
    { id: first, name: 'a', state: 'ACTIVE' },
  ],
};
const collected = (account: string): Outcome => ({
  account,
  outcome: 'collected',
  generatedAt: '2026-11-22T07:00:00Z',
  collectedAt: '2026-11-22T08:00:00Z',
  bytes: 9,
});
const stored = new Set([keys.report(DATE, first), keys.report(DATE, second)]);

describe('the reconciliation of a run', () => {
  it('returns every account of the ledger once, by ID', () => {
    const accounts = reconcile(ledger, [collected(second), collected(first)], stored);
    expect(accounts.map(({ id, outcome }) => [id, outcome])).toEqual([
      [first, 'collected'],
      [second, 'collected'],
      [third, 'skipped'],
    ]);
  });

  it('fails an account without an outcome', () => {
    expect(reconcile(ledger, [collected(first)], stored)[1]).toMatchObject({
      outcome: 'failed',
      reason: 'batch-failed',
    });
  });

  it('fails an account whose collected report is not in the bucket', () => {
    const accounts = reconcile(
      ledger,
      [collected(first), collected(second)],
      new Set([keys.report(DATE, first)]),
    );
    expect(accounts[1]).toMatchObject({ outcome: 'failed', reason: 'report-missing' });
  });

  it('fails an account even if the bucket has its report from an earlier run of the day', () => {
    const failed: Outcome = { account: second, outcome: 'failed', reason: 'denied', detail: 'no' };
    expect(reconcile(ledger, [collected(first), failed], stored)[1]).toMatchObject({
      outcome: 'failed',
      reason: 'denied',
    });
  });

  it.each([
    ['an account that is not in the ledger', [collected(accountId(9))], /not expected: 100000000009/],
    ['an account that was skipped', [collected(third)], /not expected/],
    ['an account twice', [collected(first), collected(first)], /2 outcomes for 1 accounts/],
  ])('rejects outcomes for %s', (_about, outcomes, message) => {
    expect(() => reconcile(ledger, outcomes, stored)).toThrow(InconsistentTotals);
    expect(() => reconcile(ledger, outcomes, stored)).toThrow(message);
  });

  it('has the accounts by ID, in whatever order the ledger has them', () => {
    const accounts = [2, 4, 1, 5, 3].map((number) => ({ id: accountId(number), name: 'n', state: 'ACTIVE' }));
    expect(reconcile({ ...ledger, accounts }, [], stored).map(({ id }) => id)).toEqual(
      [1, 2, 3, 4, 5].map(accountId),
    );
  });

  it('keeps the reason of an account that failed, whose report is not in the bucket', () => {
    const failed: Outcome = { account: second, outcome: 'failed', reason: 'denied', detail: 'no' };
    expect(reconcile(ledger, [failed], new Set())[1]).toStrictEqual({
      id: second,
      name: 'b',
      outcome: 'failed',
      reason: 'denied',
      detail: 'no',
    });
  });

  it('keeps the path of an account, if the ledger has one', () => {
    const accounts = ledger.accounts.map((account) => ({ ...account, path: `o-a/r-b/${account.id}/` }));
    for (const { id, path } of reconcile({ ...ledger, accounts }, [], stored))
      expect(path).toBe(`o-a/r-b/${id}/`);
    for (const account of reconcile(ledger, [], stored)) expect(account).not.toHaveProperty('path');
  });
});
