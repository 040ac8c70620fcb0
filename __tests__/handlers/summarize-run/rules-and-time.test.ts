/** Changed rules are not remediation, and time is that of the report. */
import { consoleUser, key, root, user } from '../../support/rows';
import { type StoredAccount, type StoredRunProps, accountId, as } from '../../support/stored-run';
import { SummarizedRuns } from '../../support/summarized';
import { defaultSettings } from '../../../tools/support/embedded-execution';

const [first, second] = [1, 2].map(accountId) as [string, string];
const withoutMfa = { ...consoleUser, mfa_active: 'false' };
const fine: StoredAccount = {
  id: first,
  rows: [as('<root_account>', first, root), as('ada', first, consoleUser)],
};
const bad: StoredAccount = {
  id: second,
  rows: [
    as('<root_account>', second, root),
    as('=ken,jr', second, withoutMfa),
    as('zoe', second, { ...user, ...key(1, 91, 1) }),
  ],
};
const NEXT_DAY = { date: '2026-11-23', execution: 'run-2' };

let runs: SummarizedRuns;
beforeEach(() => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  runs = new SummarizedRuns();
});
afterEach(() => jest.restoreAllMocks());

const run = async (accounts: StoredAccount[], props: Partial<StoredRunProps> = {}) => {
  const { manifest, summary } = await runs.run(accounts, { digest: 'always', ...props });
  return { manifest, summary, changes: manifest.changes, notes: manifest.notes };
};
const changesTable = (date: string) =>
  runs
    .table('changes.csv', date)
    .map(({ change, account_id, user, check }) => [change, account_id, user, check].join(' ').trim());

describe('summarize-run', () => {
  it.each([
    ['says when it made them', '2026-11-25T09:00:00Z'],
    ['does not say when it made them', ''],
  ])(
    'judges healthy users as healthy in a run that ends three days later, if IAM %s',
    async (_about, generatedAt) => {
      // Used on Wednesday morning, while the run started on Sunday.
      const used = { ...consoleUser, password_last_used: '2026-11-25T08:30:00Z' };
      const keys = { ...key(1, 10, 1), access_key_1_last_used_date: '2026-11-25T08:30:00Z' };
      const users = Array.from({ length: 10 }, (_, index) =>
        as(`user-${index}`, first, { ...used, ...keys }),
      );
      const rows = [as('<root_account>', first, root), ...users];
      const late = { id: first, rows, generatedAt, collectedAt: '2026-11-25T09:01:00.000Z' };
      const { manifest } = await run([late]);
      expect(manifest.totals).toMatchObject({ users: 10, findings: 0 });
      expect(manifest.startedAt).toBe('2026-11-22T08:00:00.000Z');
    },
  );

  it('says in findings.csv from when ages are counted', async () => {
    await run([bad]);
    expect(runs.table('findings.csv').map(({ ages_counted_from }) => ages_counted_from)).toEqual([
      '2026-11-22T08:00:00.000Z',
      '2026-11-22T08:00:00.000Z',
    ]);
  });

  it('has a finding for a report without a root row, and unknown results of the checks of the root user', async () => {
    const { manifest, summary } = await run([fine, { ...bad, rows: bad.rows!.slice(1) }]);
    const counts = Object.fromEntries(manifest.checks.map(({ id, ...rest }) => [id, rest]));
    expect(counts['root-row-missing']).toMatchObject({ pass: 1, fail: 1, notApplicable: 0 });
    expect(counts['root-access-key']).toMatchObject({ pass: 1, fail: 0, unknown: 1, notApplicable: 0 });
    const rootChecks = manifest.checks.flatMap(({ id, unknown }) => (unknown > 0 ? [id] : []));
    expect(rootChecks).toEqual(expect.arrayContaining(['root-access-key', 'root-mfa', 'root-key-mfa']));
    expect(summary.findings).toBe(3 + rootChecks.length);
    const about = { account_id: second, user: '<root_account>', arn: `arn:aws:iam::${second}:root` };
    const findings = runs.table('findings.csv').filter(({ user }) => user === about.user);
    expect(findings).toHaveLength(1 + rootChecks.length);
    expect(findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...about, check: 'root-row-missing', controls: '', status: 'fail' }),
        ...rootChecks.map(
          (check) => expect.objectContaining({ ...about, check, status: 'unknown' }) as unknown,
        ),
      ]),
    );
    const control = (id: string) =>
      runs.table('controls.csv').find((row) => row.framework === 'CIS v7.0' && row.control === id);
    expect(control('CIS v7.0 2.5')).toMatchObject({ status: 'undecided', undecided_in: second });
  });

  it('says which controls ask for more than a report shows: their results are those of a part', async () => {
    const { manifest } = await run([fine]);
    const partial = manifest.frameworks[0]!.controls.flatMap((control) =>
      control.partial ? control.id : [],
    );
    expect(partial).toEqual(['2.7']);
    const rows = runs.table('controls.csv').filter((row) => row.partial === 'true');
    expect(rows.map(({ control }) => control)).toEqual(['CIS v7.0 2.7', 'CIS v5.0 1.6']);
    expect(runs.page().split('in part</span>')).toHaveLength(3);
  });

  it('does not state the number of the benchmark for a looser threshold', async () => {
    const checks = { ...defaultSettings.checks, rotationDays: 91 };
    const { manifest } = await run([bad], { checks });
    const controls = Object.fromEntries(manifest.checks.map((check) => [check.id, check.controls]));
    expect(controls['key-rotation-90-days']).toEqual([]);
    expect(controls['unused-45-days']).toContain('CIS v5.0 1.11');
    expect(runs.page()).toContain('looser than the benchmarks, which say 90 days');
    expect(runs.table('controls.csv').find(({ control }) => control === 'CIS v7.0 2.12')).toMatchObject({
      status: 'not-assessed',
      accounts_met: '0',
    });
    const old = [as('<root_account>', second, root), as('zoe', second, { ...user, ...key(1, 92, 1) })];
    await run([{ ...bad, rows: old }], { ...NEXT_DAY, checks });
    expect(runs.table('findings.csv', NEXT_DAY.date)).toMatchObject([
      { check: 'key-rotation-90-days', controls: '', credential: 'access-key', slot: '1', age_days: '93' },
    ]);
  });
});

describe('summarize-run after an earlier run', () => {
  const thresholds = (rotationDays: number) => ({
    checks: { ...defaultSettings.checks, rotationDays },
  });
  const day = (number: number) => ({ date: `2026-11-2${number}`, execution: `run-${number}` });

  it('does not take a changed threshold for remediation, in an account that failed meanwhile either', async () => {
    const other = { ...bad, id: first, rows: bad.rows!.map((row) => as(row.user ?? '', first, row)) };
    await run([other, bad], { ...day(2), ...thresholds(90) });
    const up = await run([other, { id: second, failed: 'denied' }], { ...day(3), ...thresholds(400) });
    const down = await run([other, bad], { ...day(4), ...thresholds(90) });
    expect(up.changes).toMatchObject({
      newFindings: 0,
      resolvedFindings: 0,
      disappearedFindings: 1,
      findingsBefore: 4,
      findingsNow: 3,
    });
    expect(down.changes).toMatchObject({
      newFindings: 0,
      resolvedFindings: 0,
      appearedFindings: 1,
      findingsBefore: 3,
      findingsNow: 4,
    });
    expect(up.summary.digest?.message).toContain(
      'Thresholds changed since the earlier run: key-rotation-90-days 90 → 400 days. 1 finding disappeared by that.',
    );
    expect(down.summary.digest?.message).toContain(
      'Thresholds changed since the earlier run: key-rotation-90-days 400 → 90 days. 1 finding appeared by that.',
    );
    expect(changesTable(day(3).date)).toEqual([
      `finding-disappeared-by-rule ${first} zoe key-rotation-90-days`,
    ]);
    expect(changesTable(day(4).date)).toEqual([`finding-appeared-by-rule ${first} zoe key-rotation-90-days`]);
    expect(runs.page(day(3).date)).toContain(
      'key-rotation-90-days 90 → 400 days. 1 finding disappeared by that.',
    );
  });

  it('does not count the findings of an account as new that was skipped in between', async () => {
    await run([fine, bad], day(2));
    const skipped = await run([fine, { ...bad, skip: 'SUSPENDED' }], day(3));
    const back = await run([fine, bad], day(4));
    for (const { changes } of [skipped, back])
      expect(changes).toMatchObject({
        newFindings: 0,
        resolvedFindings: 0,
        findingsBefore: 2,
        findingsNow: 2,
      });
    expect(changesTable(day(3).date)).toEqual([`account-removed ${second}`]);
    expect(changesTable(day(4).date)).toEqual([`account-added ${second}`]);
  });

  it('tells users and findings of an account that left the organization as such', async () => {
    await run([fine, bad], day(2));
    const { changes, summary } = await run([fine], day(3));
    expect(changes).toMatchObject({
      resolvedFindings: 0,
      usersRemoved: 0,
      findingsOfRemovedAccounts: 2,
      usersOfRemovedAccounts: 2,
      findingsBefore: 2,
      findingsNow: 0,
    });
    expect(changesTable(day(3).date)).toEqual([
      `finding-of-removed-account ${second} '=ken,jr console-mfa`,
      `finding-of-removed-account ${second} zoe key-rotation-90-days`,
      `user-of-removed-account ${second} '=ken,jr`,
      `user-of-removed-account ${second} zoe`,
      `account-removed ${second}`,
    ]);
    expect(summary.digest?.message).toContain('findings: 0 new, 0 resolved, 2 of accounts that left');
    expect(runs.page(day(3).date)).toContain(
      'Accounts that left the organization had 2 users and 2 findings.',
    );
  });
});
