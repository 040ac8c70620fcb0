import { keys } from '../../../handlers/shared/bucket-layout';
import type { Ledger, Outcome } from '../../../handlers/shared/run-files';
import { outcomesThatCount, ownBatches, reconcile } from '../../../handlers/core/reconcile';
import { InconsistentTotals } from '../../../handlers/core/assert-consistent';
import { LEDGER_ORGANIZATION, defaultSettings } from '../../../tools/support/embedded-execution';
import { DATE, accountId } from '../../support/stored-run';

const [first, second, third] = [1, 2, 3].map(accountId) as [string, string, string];
const ledger: Ledger = {
  environment: 'production',
  execution: 'run-1',
  date: DATE,
  startedAt: `${DATE}T08:00:00.000Z`,
  settings: defaultSettings,
  batchSize: 400,
  nonce: '',
  organization: LEDGER_ORGANIZATION,
  accounts: [
    { id: third, name: 'c', state: 'SUSPENDED', skip: 'is excluded' },
    { id: second, name: 'b', state: 'ACTIVE' },
    { id: first, name: 'a', state: 'ACTIVE' },
  ],
  openBatches: [1],
};
const collected = (account: string) =>
  ({
    account,
    outcome: 'collected',
    generatedAt: '2026-11-22T07:00:00Z',
    collectedAt: '2026-11-22T08:00:00Z',
    key: keys.report(DATE, account),
    bytes: 9,
    sha256: '0'.repeat(64),
    etag: '"1"',
    versionId: 'v1',
  }) satisfies Outcome;

const list = (account: string, date = DATE) =>
  ({
    outcome: 'collected',
    collectedAt: '2026-11-22T08:00:00Z',
    key: keys.serviceCredentials(date, account),
    bytes: 9,
    sha256: '1'.repeat(64),
    etag: '"2"',
    credentials: 1,
  }) as const;

describe('an outcome of a batch', () => {
  const accounts = [
    { id: first, name: 'a', state: 'ACTIVE', batch: 1 },
    { id: second, name: 'b', state: 'ACTIVE', batch: 3 },
    { id: third, name: 'c', state: 'SUSPENDED', skip: 'is excluded' },
  ];
  const counts = outcomesThatCount({ accounts });

  it('counts if the ledger says that the account belongs to that batch', () => {
    expect(counts(1, { account: first })).toBe(true);
    expect(counts(3, { account: second })).toBe(true);
  });

  it('does not count if the account was left to another batch', () => {
    expect(counts(1, { account: second })).toBe(false);
    expect(counts(3, { account: first })).toBe(false);
  });

  it('does not count if the ledger names no account of the batch', () => {
    expect(counts(2, { account: first })).toBe(false);
    expect(counts(2, { account: accountId(9) })).toBe(false);
    expect([...ownBatches({ accounts })]).toEqual([1, 3]);
  });

  it('counts for an account that is expected in no batch, so that the contradiction is told', () => {
    expect(counts(1, { account: third })).toBe(true);
    expect(counts(1, { account: accountId(9) })).toBe(true);
  });
});

describe('the reconciliation of a run', () => {
  it('returns every account of the ledger once, by ID', () => {
    const accounts = reconcile(ledger, [collected(second), collected(first)]);
    expect(accounts.map(({ id, outcome }) => [id, outcome])).toEqual([
      [first, 'collected'],
      [second, 'collected'],
      [third, 'skipped'],
    ]);
  });

  it('fails an account without an outcome', () => {
    expect(reconcile(ledger, [collected(first)])[1]).toMatchObject({
      outcome: 'failed',
      reason: 'batch-failed',
      detail: expect.stringContaining('the log of collect-reports') as string,
    });
  });

  it('keeps what the outcome says about the report: key, size, hash and version', () => {
    const { account: id, ...report } = collected(first);
    expect(reconcile(ledger, [collected(first)])[0]).toStrictEqual({ id, name: 'a', ...report });
  });

  it('skips an account with its state and the reason of the ledger', () => {
    expect(reconcile(ledger, [])[2]).toStrictEqual({
      id: third,
      name: 'c',
      outcome: 'skipped',
      state: 'SUSPENDED',
      detail: 'is excluded',
    });
  });

  it.each([
    ['an account that is not in the ledger', [collected(accountId(9))], /not expected: 100000000009/],
    ['an account that was skipped', [collected(third)], /not expected/],
    ['an account twice', [collected(first), collected(first)], /2 outcomes for 1 accounts/],
    [
      'the report of another account',
      [{ ...collected(first), key: keys.report(DATE, second) }],
      `the outcome of ${first} names another report: ${keys.report(DATE, second)}`,
    ],
    [
      'the report of another day',
      [{ ...collected(first), key: keys.report('2026-11-21', first) }],
      /names another report: 2026-11-21/,
    ],
    [
      'the list of another account',
      [{ ...collected(first), serviceCredentials: list(second) }],
      `the outcome of ${first} names another list of service-specific credentials: ${list(second).key}`,
    ],
    [
      'the list of another day',
      [{ ...collected(first), serviceCredentials: list(first, '2026-11-21') }],
      /names another list of service-specific credentials: .*2026-11-21/,
    ],
  ])('rejects outcomes for %s', (_about, outcomes, message) => {
    expect(() => reconcile(ledger, outcomes)).toThrow(InconsistentTotals);
    expect(() => reconcile(ledger, outcomes)).toThrow(message);
  });

  it('names every contradiction at once, so that one look is enough', () => {
    const outcomes = [collected(first), collected(first), collected(third), collected(accountId(9))];
    expect(() => reconcile(ledger, outcomes)).toThrow(
      `there are 4 outcomes for 3 accounts; there are outcomes for accounts that were not expected: ${third}, ${accountId(9)}`,
    );
  });

  it('asks nothing of the keys of accounts that failed', () => {
    const failed: Outcome = { account: first, outcome: 'failed', reason: 'denied', detail: 'no' };
    expect(() => reconcile(ledger, [failed])).not.toThrow();
  });

  it('takes the list that the outcome names for the account and the day, and none that failed', () => {
    const failed = { outcome: 'failed', reason: 'denied', detail: 'no' } as const;
    const outcomes = [
      { ...collected(first), serviceCredentials: list(first) },
      { ...collected(second), serviceCredentials: failed },
    ];
    expect(reconcile(ledger, outcomes)).toMatchObject([
      { serviceCredentials: list(first) },
      { serviceCredentials: failed },
      { outcome: 'skipped' },
    ]);
  });

  it('has the accounts by ID, in whatever order the ledger has them', () => {
    const accounts = [2, 4, 1, 5, 3].map((number) => ({ id: accountId(number), name: 'n', state: 'ACTIVE' }));
    expect(reconcile({ ...ledger, accounts }, []).map(({ id }) => id)).toEqual(
      [1, 2, 3, 4, 5].map(accountId),
    );
  });

  it('keeps the reason of an account that failed', () => {
    const failed: Outcome = { account: second, outcome: 'failed', reason: 'denied', detail: 'no' };
    expect(reconcile(ledger, [failed])[1]).toStrictEqual({
      id: second,
      name: 'b',
      outcome: 'failed',
      reason: 'denied',
      detail: 'no',
    });
  });

  it.each([
    ['path', { path: 'o-a/r-b/1/' }],
    ['names of its units', { unitNames: 'root/production' }],
    ['owner', { owner: { name: 'team-a', source: 'tag', asOf: DATE } as const }],
    ['unknown owner', { owner: null }],
    ['tags', { tags: { stage: 'production' } }],
  ])('keeps the %s of an account, if the ledger has it', (_what, known) => {
    const accounts = ledger.accounts.map((account) => ({ ...account, ...known }));
    const [field = ''] = Object.keys(known);
    for (const account of reconcile({ ...ledger, accounts }, [])) expect(account).toMatchObject(known);
    for (const account of reconcile(ledger, [])) expect(account).not.toHaveProperty(field);
  });
});
