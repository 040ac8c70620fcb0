import { parse } from 'csv-parse/sync';
import { keys, runPrefixOf } from '../../../handlers/shared/bucket-layout';
import type { SummarizeRunEvent } from '../../../handlers/shared/events';
import type { Manifest } from '../../../handlers/core/manifest';
import { summarizeRun } from '../../../handlers/summarize-run/summarize-run';
import { type Embedded, embedded } from '../../../tools/support/embedded';
import { printed } from '../../support/printed';
import { DATE, type StoredAccount, accountId, as, reportOf, storeRun } from '../../support/stored-run';
import { consoleUser, key, root, user } from '../../support/rows';

const [first, second, third] = [1, 2, 3].map(accountId) as [string, string, string];
const fine: StoredAccount = {
  id: first,
  rows: [as('<root_account>', first, root), as('ada', first, consoleUser)],
};
const withoutMfa = { ...consoleUser, mfa_active: 'false' };
const bad: StoredAccount = {
  id: second,
  name: '=Payments, "EU"',
  rows: [
    as('<root_account>', second, root),
    as('=ken,jr', second, withoutMfa),
    as('zoe', second, { ...user, ...key(1, 91, 1) }),
  ],
};
const deniedAccount: StoredAccount = { id: third, failed: 'denied' };
beforeEach(() => jest.spyOn(console, 'log').mockReturnValue(undefined));
afterEach(() => jest.restoreAllMocks());

const NEXT_DAY = { date: '2026-11-23', execution: 'run-2' };

describe('summarize-run', () => {
  let aws: Embedded;
  beforeEach(async () => {
    aws = await embedded({});
  });
  afterEach(() => aws.stop());

  const summarize = (event: SummarizeRunEvent) =>
    summarizeRun({ bucket: aws.bucket, environment: 'production', partition: 'aws' })(event);
  const run = async (accounts: StoredAccount[], props: Parameters<typeof storeRun>[2] = {}) => {
    const event = await storeRun(aws.bucket, accounts, props);
    const summary = await summarize(event);
    return { summary, manifest: aws.json(keys.manifest(event.runPrefix)) as Manifest };
  };
  const table = (file: 'credentials.csv' | 'findings.csv' | 'changes.csv', date = DATE) =>
    parse<Record<string, string>>(aws.object(keys.organization(date, file)), { columns: true });
  const page = (date = DATE) => aws.object(keys.organization(date, 'index.html')).toString();

  it('writes a manifest in which every account is collected, failed or skipped', async () => {
    const { manifest } = await run([fine, bad, deniedAccount, { id: accountId(4), skip: 'SUSPENDED' }]);
    expect(manifest).toMatchObject({
      complete: false,
      startedAt: '2026-11-22T08:00:00.000Z',
      totals: { accounts: 4, expected: 3, collected: 2, failed: 1, skipped: 1, users: 3 },
      failures: [{ reason: 'denied', accounts: 1 }],
      changes: null,
    });
    expect(manifest.totals.findings).toBe(manifest.checks.reduce((sum, { fail }) => sum + fail, 0));
    expect(manifest.accounts[0]).toEqual({
      id: first,
      name: `name-${first}`,
      path: `o-example/r-1234/ou-1234-56789012/${first}/`,
      outcome: 'collected',
      generatedAt: '2026-11-22T07:00:00.000Z',
      collectedAt: '2026-11-22T08:01:30.000Z',
      ageMinutes: 61,
      bytes: reportOf(fine.rows ?? []).length,
      users: 1,
      findings: expect.any(Number) as number,
    });
  });

  it('writes every user of every account into one table, in which formulas and commas do no harm', async () => {
    await run([fine, bad]);
    const rows = table('credentials.csv');
    expect(rows.map((row) => [row.account_id, row.account_name, row.user])).toEqual([
      [first, `name-${first}`, '<root_account>'],
      [first, `name-${first}`, 'ada'],
      [second, '\'=Payments, "EU"', '<root_account>'],
      [second, '\'=Payments, "EU"', "'=ken,jr"],
      [second, '\'=Payments, "EU"', 'zoe'],
    ]);
    expect(rows[4]).toMatchObject({
      ou_path: 'o-example/r-1234/ou-1234-56789012/',
      generated_at: '2026-11-22T07:00:00.000Z',
      access_key_1_active: 'true',
      additional_credentials_info: '',
    });
    expect(Object.keys(rows[0]!).at(-1)).toBe('additional_credentials_info');
  });

  it('writes every finding into another table, with account and reason', async () => {
    await run([fine, bad]);
    const broken = ['console-mfa', 'key-rotation-90-days'];
    expect(table('findings.csv').filter(({ check = '' }) => broken.includes(check))).toMatchObject([
      {
        account_id: second,
        user: "'=ken,jr",
        check: 'console-mfa',
        cis_v5_0: '1.9',
        status: 'fail',
        new: '',
      },
      {
        account_id: second,
        user: 'zoe',
        check: 'key-rotation-90-days',
        reason: 'access key 1 is 91 days old',
      },
    ]);
  });

  it('writes the same bytes for the same input, however often it runs', async () => {
    const event = await storeRun(aws.bucket, [bad, deniedAccount, fine]);
    const files = () =>
      ['credentials.csv', 'findings.csv', 'changes.csv', 'index.html']
        .map((file) => keys.organization(DATE, file as 'index.html'))
        .concat(keys.manifest(event.runPrefix), keys.snapshot(event.runPrefix))
        .map((file) => aws.object(file).toString());
    const first = await summarize(event);
    const before = files();
    expect(await summarize(event)).toEqual(first);
    expect(files()).toEqual(before);
  });

  it('writes a symlink file that tells Athena where the object of a table is', async () => {
    await run([fine]);
    const link = aws.object(keys.partition('findings', DATE)).toString();
    expect(link).toBe(`s3://reports/organization/${DATE}/findings.csv\n`);
  });

  it.each<[string, StoredAccount, object]>([
    ['is missing from the bucket', { ...bad, lost: true }, { reason: 'report-missing' }],
    ['lacks a column', { ...bad, content: 'user,arn\nada,x' }, { reason: 'report-invalid' }],
    ['belongs to another account', { ...bad, rows: fine.rows ?? [] }, { reason: 'report-invalid' }],
  ])('fails an account whose report %s', async (_about, account, failure) => {
    const { manifest, summary } = await run([fine, account]);
    expect(manifest.accounts[1]).toMatchObject({ outcome: 'failed', ...failure });
    expect(summary).toMatchObject({ collected: 1, failed: 1, complete: false, publish: true });
    expect(table('credentials.csv').filter(({ account_id }) => account_id === second)).toEqual([]);
  });

  it('publishes the findings of every check as a metric, even if there are none', async () => {
    const { manifest } = await run([fine, bad]);
    const published = printed()
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => 'Check' in line);
    expect(published.map(({ Environment, Check, Findings }) => [Environment, Check, Findings])).toEqual(
      manifest.checks.map(({ id, fail }) => ['production', id, fail]),
    );
    expect(published).toContainEqual(expect.objectContaining({ Check: 'console-mfa', Findings: 1 }));
    expect(published).toContainEqual(expect.objectContaining({ Check: 'root-mfa', Findings: 0 }));
  });

  it('publishes no findings if no report was read', async () => {
    await run([deniedAccount]);
    expect(printed().filter((line) => line.includes('"Check"'))).toEqual([]);
  });

  it('never shows a run with a failed account as complete', async () => {
    const { manifest, summary } = await run([fine, deniedAccount]);
    expect(manifest.complete).toBe(false);
    expect(summary.digest.subject).toContain('1 of 2 accounts failed');
    expect(summary.digest.message).toMatch(/^THE RUN IS NOT COMPLETE/);
    expect(summary.digest.message).toContain(`${third} name-${third}: denied: denied`);
    expect(page()).toContain('Not complete: 1 of 2 expected accounts failed.');
    expect(page()).toContain('<title>1 account failed');
    expect(page()).not.toContain('Complete.');
  });

  it('shows a run in which every expected account is collected as complete', async () => {
    const { manifest, summary } = await run([fine, { id: third, skip: 'SUSPENDED' }]);
    expect(manifest.complete).toBe(true);
    expect(summary).toMatchObject({ complete: true, publish: false });
    expect(page()).toContain('Complete.');
    expect(page()).not.toContain('Not complete');
  });

  it('is not complete if no account is expected', async () => {
    const { manifest, summary } = await run([{ id: third, skip: 'SUSPENDED' }]);
    expect(manifest.complete).toBe(false);
    expect(summary.publish).toBe(true);
    expect(page()).toContain('Not complete');
  });

  const everything = () =>
    Object.fromEntries(
      ['credentials.csv', 'findings.csv', 'changes.csv', 'index.html']
        .map((file) => `organization/${DATE}/${file}`)
        .concat(keys.manifest(`runs/${DATE}/run-1`), keys.snapshot(`runs/${DATE}/run-1`))
        .map((key) => [key, aws.object(key).toString()]),
    );
  const packOf = (...accounts: StoredAccount[]) =>
    Object.fromEntries(accounts.map(({ id, rows = [] }) => [id, reportOf(rows)]));

  it('writes the same files with and without report packs', async () => {
    const event = await storeRun(aws.bucket, [fine, bad, deniedAccount]);
    await summarize(event);
    const withoutPack = everything();
    await aws.bucket.putJson(keys.reportPack(event.runPrefix, 1, 0), packOf(fine, bad));
    await summarize(event);
    expect(everything()).toEqual(withoutPack);
  });

  it('uses its own reports from the pack when a later run of the day has replaced them', async () => {
    const event = await storeRun(aws.bucket, [fine]);
    await aws.bucket.putJson(keys.reportPack(event.runPrefix, 1, 0), packOf(fine));
    const later = { ...fine, rows: [as('<root_account>', first, root), as('eve', first, consoleUser)] };
    await storeRun(aws.bucket, [later], { execution: 'run-2' });
    await summarize(event);
    expect(table('credentials.csv').map(({ user }) => user)).toEqual(['<root_account>', 'ada']);
  });

  it('throws InconsistentTotals when the outcomes contradict the ledger, and writes no manifest', async () => {
    const event = await storeRun(aws.bucket, [fine]);
    const ledger = { execution: 'run-1', date: DATE, accounts: [] };
    await aws.bucket.putJson(keys.ledger(event.runPrefix), ledger);
    await expect(summarize(event)).rejects.toMatchObject({ name: 'InconsistentTotals' });
    expect(() => aws.object(keys.manifest(event.runPrefix))).toThrow('ENOENT');
  });

  it('throws InconsistentTotals when an account is in the ledger twice', async () => {
    const event = await storeRun(aws.bucket, [deniedAccount, { id: third, skip: 'SUSPENDED' }]);
    await expect(summarize(event)).rejects.toMatchObject({ name: 'InconsistentTotals' });
  });

  it('applies an exemption through its last day', async () => {
    const exemption = {
      account: second,
      user: 'zoe',
      check: 'key-rotation-90-days',
      reason: 'will use a role',
      expires: DATE,
    };
    const checks = { unusedDays: 45, rotationDays: 90, rootUnusedDays: 30, exemptions: [exemption] };
    const today = await run([bad], { checks });
    expect(today.manifest.exemptions).toEqual([{ ...exemption, expired: false, findings: 1 }]);
    expect(today.manifest.totals.findings).toBe(1);
    expect(table('findings.csv')[1]).toMatchObject({
      status: 'exempt',
      exemption_reason: 'will use a role',
    });
    expect(page()).toContain('will use a role');

    const tomorrow = await run([bad], { ...NEXT_DAY, checks });
    expect(tomorrow.manifest.totals.findings).toBe(2);
    expect(tomorrow.manifest.changes).toMatchObject({ newFindings: 1, resolvedFindings: 0 });
    expect(table('findings.csv', NEXT_DAY.date)[1]).toMatchObject({ status: 'fail', new: 'true' });
    expect(page(NEXT_DAY.date)).toContain('expired: its findings fail again');
  });
});

describe('summarize-run after an earlier run', () => {
  let aws: Embedded;
  beforeEach(async () => {
    aws = await embedded({});
  });
  afterEach(() => aws.stop());

  const run = async (accounts: StoredAccount[], props: Parameters<typeof storeRun>[2] = {}) => {
    const event = await storeRun(aws.bucket, accounts, props);
    const summary = await summarizeRun({ bucket: aws.bucket, environment: 'production', partition: 'aws' })(
      event,
    );
    return { summary, changes: (aws.json(keys.manifest(event.runPrefix)) as Manifest).changes };
  };
  const changesTable = (date: string) =>
    parse<Record<string, string>>(aws.object(keys.organization(date, 'changes.csv')), { columns: true }).map(
      ({ change, account_id, user, check }) => [change, account_id, user, check].join(' ').trim(),
    );
  const repaired = {
    ...bad,
    rows: [
      as('<root_account>', second, root),
      as('zoe', second, { ...user, ...key(1, 91, 1) }),
      as('new', second, withoutMfa),
    ],
  };

  it('reports what changed, in the manifest, the table and the digest', async () => {
    await run([fine, bad]);
    const { changes, summary } = await run(
      [repaired, { id: third, rows: [as('<root_account>', third, root)] }],
      NEXT_DAY,
    );
    expect(changes).toMatchObject({
      since: { date: DATE, execution: 'run-1' },
      newFindings: 1,
      resolvedFindings: 1,
      usersAdded: 1,
      usersRemoved: 1,
      accountsAdded: [{ id: third }],
      accountsRemoved: [{ id: first }],
    });
    expect(changesTable(NEXT_DAY.date)).toEqual([
      `user-of-removed-account ${first} ada`,
      `finding-new ${second} new console-mfa`,
      `finding-resolved ${second} '=ken,jr console-mfa`,
      `user-added ${second} new`,
      `user-removed ${second} '=ken,jr`,
      `account-added ${third}`,
      `account-removed ${first}`,
    ]);
    expect(summary.digest.message).toContain('findings: 1 new, 1 resolved');
    expect(summary.digest.message).toContain(`${second} =Payments, "EU": new: console-mfa`);
  });

  it('does not count findings of a failed account as resolved, and compares its next report with its last one', async () => {
    await run([fine, bad]);
    const failed = await run([fine, { id: second, failed: 'denied' }], NEXT_DAY);
    expect(failed.changes).toMatchObject({ newFindings: 0, resolvedFindings: 0, usersRemoved: 0 });
    const back = await run([fine, repaired], { date: '2026-11-24', execution: 'run-3' });
    expect(back.changes).toMatchObject({
      newFindings: 1,
      resolvedFindings: 1,
      usersAdded: 1,
      usersRemoved: 1,
    });
  });

  it('compares itself with the newest run that started before it, even on the same day, but never with itself or a later run', async () => {
    await run([fine, bad]);
    await run([fine, repaired], { execution: 'noon', startTime: `${DATE}T12:00:00.000Z` });
    await run([fine], { execution: 'run-4', startTime: `${DATE}T20:00:00.000Z` });
    const third = { execution: 'run-3', startTime: `${DATE}T16:00:00.000Z` };
    expect((await run([fine, repaired], third)).changes).toMatchObject({
      since: { execution: 'noon' },
      newFindings: 0,
    });
    expect((await run([fine, repaired], third)).changes).toMatchObject({ since: { execution: 'noon' } });
  });

  it('skips earlier runs that failed or whose manifest is not valid', async () => {
    await run([fine, bad]);
    await storeRun(aws.bucket, [fine], { date: '2026-11-23', execution: 'failed' });
    await aws.bucket.putJson(keys.manifest(runPrefixOf('2026-11-23', 'old-format')), {
      startedAt: '2026-11-23T08:00:00.000Z',
      accounts: [],
    });
    await aws.bucket.put(keys.snapshot(runPrefixOf('2026-11-23', 'old-format')), 'x');
    const { changes } = await run([fine, bad], { date: '2026-11-24', execution: 'run-3' });
    expect(changes?.since.execution).toBe('run-1');
  });

  it.each([
    ['failures', [fine, deniedAccount], true],
    ['failures', [fine, repaired], false],
    ['new-findings', [fine, repaired], true],
    ['new-findings', [fine, bad], false],
    ['always', [fine, bad], true],
  ] as const)('applies the digest occasion %s', async (digest, accounts, published) => {
    await run([fine, bad]);
    expect((await run([...accounts], { ...NEXT_DAY, digest })).summary.publish).toBe(published);
  });

  it('counts every finding of the first run as new', async () => {
    expect((await run([bad], { digest: 'new-findings' })).summary).toMatchObject({
      publish: true,
      newFindings: null,
    });
  });
});
