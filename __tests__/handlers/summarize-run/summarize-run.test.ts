import { keys } from '../../../handlers/shared/bucket-layout';
import { sha256Of } from '../../../handlers/shared/hash';
import { tableColumns } from '../../../handlers/shared/table-columns';
import { printed } from '../../support/printed';
import { DATE, type StoredAccount, accountId, as, reportOf } from '../../support/stored-run';
import { SummarizedRuns } from '../../support/summarized';
import { consoleUser, key, root, user, days } from '../../support/rows';

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
  let runs: SummarizedRuns;
  beforeEach(() => {
    runs = new SummarizedRuns();
  });
  const findingsOf = (date = DATE) => runs.table('findings.csv', date);

  it('writes a manifest in which every account is collected, failed or skipped', async () => {
    const { manifest } = await runs.run([fine, bad, deniedAccount, { id: accountId(4), skip: 'SUSPENDED' }]);
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
      path: `o-exampleorg1/r-1234/ou-1234-56789012/${first}/`,
      outcome: 'collected',
      generatedAt: '2026-11-22T07:00:00.000Z',
      collectedAt: '2026-11-22T08:01:30.000Z',
      ageMinutes: 61,
      key: `${DATE}/credentialReport_${first}.csv`,
      bytes: reportOf(fine.rows ?? []).length,
      sha256: sha256Of(reportOf(fine.rows ?? [])),
      versionId: expect.any(String) as string,
      evidence: 'verified',
      rootCredentials: 'none',
      users: 1,
      findings: expect.any(Number) as number,
    });
  });

  it('has no negative age of a report if the clock of IAM is ahead by seconds', async () => {
    const { manifest } = await runs.run([
      { ...fine, generatedAt: '2026-11-22T08:01:33.000Z', collectedAt: '2026-11-22T08:01:30.000Z' },
    ]);
    expect(manifest.accounts).toMatchObject([{ generatedAt: '2026-11-22T08:01:33.000Z', ageMinutes: 0 }]);
  });

  it('writes every user of every account into one table, in which formulas and commas do no harm', async () => {
    await runs.run([fine, bad]);
    const rows = runs.table('credentials.csv');
    expect(rows.map((row) => [row.account_id, row.account_name, row.user])).toEqual([
      [first, `name-${first}`, '<root_account>'],
      [first, `name-${first}`, 'ada'],
      [second, '\'=Payments, "EU"', '<root_account>'],
      [second, '\'=Payments, "EU"', "'=ken,jr"],
      [second, '\'=Payments, "EU"', 'zoe'],
    ]);
    expect(rows[4]).toMatchObject({
      ou_path: 'o-exampleorg1/r-1234/ou-1234-56789012/',
      generated_at: '2026-11-22T07:00:00.000Z',
      access_key_1_active: 'true',
      additional_credentials_info: '',
      collected_by: 'run-1',
    });
    expect(Object.keys(rows[0]!)).toEqual([...tableColumns.credentials]);
  });

  it('writes every finding into another table, with account and reason', async () => {
    await runs.run([fine, bad]);
    const broken = ['console-mfa', 'key-rotation-90-days'];
    expect(runs.table('findings.csv').filter(({ check = '' }) => broken.includes(check))).toMatchObject([
      {
        account_id: second,
        user: "'=ken,jr",
        check: 'console-mfa',
        severity: 'high',
        controls: 'CIS v7.0 2.10; CIS v5.0 1.9',
        credential: '',
        status: 'fail',
        new: '',
      },
      {
        account_id: second,
        user: 'zoe',
        check: 'key-rotation-90-days',
        reason: 'access key 1 is 91 days old',
        credential: 'access-key',
        slot: '1',
        age_days: '91',
        created_at: days(91),
      },
    ]);
  });

  it('names controls in a form that no reader takes for a number: 1.10 would become 1.1, another control', async () => {
    await runs.run([fine, bad]);
    const controls = [
      ...runs.table('findings.csv').map((row) => row.controls),
      ...runs.table('controls.csv').map((row) => row.control),
    ];
    expect(controls).toContain('CIS v7.0 2.10');
    for (const control of controls) expect(Number(control)).toBeNaN();
  });

  it('writes every finding with its check, its credential and its exemption', async () => {
    const exemption = {
      ...{ account: '*', user: 'zoe', check: 'key-rotation-90-days' },
      ...{ reason: 'until May', expires: '2027-05-01' },
    };
    const checks = { exemptions: [exemption] };
    await runs.run([fine]);
    await runs.run([fine, bad], { ...NEXT_DAY, checks });
    const rows = findingsOf(NEXT_DAY.date);
    const [mfa, rotation] = ['console-mfa', 'key-rotation-90-days'].map((check) =>
      rows.find((row) => row.check === check),
    );
    expect(mfa).toEqual({
      account_id: second,
      account_name: `'=Payments, "EU"`,
      ou_path: 'o-exampleorg1/r-1234/ou-1234-56789012/',
      generated_at: '2026-11-23T07:00:00.000Z',
      user: "'=ken,jr",
      arn: `arn:aws:iam::${second}:user/=ken,jr`,
      check: 'console-mfa',
      severity: 'high',
      controls: 'CIS v7.0 2.10; CIS v5.0 1.9',
      status: 'fail',
      new: 'true',
      reason: 'console password without MFA',
      credential: '',
      slot: '',
      age_days: '',
      created_at: '',
      last_used_at: '',
      last_used_region: '',
      last_used_service: '',
      exemption_approved_by: '',
      exemption_ticket: '',
      exemption_reason: '',
      exemption_expires: '',
      ages_counted_from: '2026-11-23T08:00:00.000Z',
      collected_by: 'run-2',
      owner: '',
      ou_names: '',
    });
    expect(rotation).toMatchObject({
      credential: 'access-key',
      age_days: '92',
      status: 'exempt',
      new: 'false',
      exemption_reason: 'until May',
      exemption_expires: '2027-05-01',
    });
  });

  it('says of no finding of the first run whether it is new', async () => {
    await runs.run([bad]);
    expect(new Set(findingsOf().map((row) => row.new))).toEqual(new Set(['']));
  });

  it('writes the same bytes for the same input, in any bucket', async () => {
    const [one, other] = [
      new SummarizedRuns({ versions: false }),
      new SummarizedRuns({ versions: false }),
    ] as const;
    await one.run([bad, deniedAccount, fine]);
    await other.run([bad, deniedAccount, fine]);
    const files = ({ s3 }: SummarizedRuns) =>
      Object.fromEntries([...s3.objects].map(([key, content]) => [key, content.toString()]));
    expect(files(other)).toEqual(files(one));
  });

  it('writes a symlink file that tells Athena where the object of a table is', async () => {
    const run = await runs.run([fine]);
    const link = runs.s3.text(keys.partition('findings', DATE));
    expect(link).toBe(`s3://reports/${runs.fileOf(run, 'findings.csv')}\n`);
  });

  it.each<[string, StoredAccount, object]>([
    ['is missing from the bucket', { ...bad, lost: true }, { reason: 'report-missing' }],
    ['lacks a column', { ...bad, content: 'user,arn\nada,x' }, { reason: 'report-invalid' }],
    ['belongs to another account', { ...bad, rows: fine.rows ?? [] }, { reason: 'report-invalid' }],
  ])('fails an account whose report %s', async (_about, account, failure) => {
    const { manifest, summary } = await runs.run([fine, account]);
    expect(manifest.accounts[1]).toMatchObject({ outcome: 'failed', ...failure });
    expect(summary).toMatchObject({ collected: 1, failed: 1, complete: false, publish: true });
    expect(runs.table('credentials.csv').filter(({ account_id }) => account_id === second)).toEqual([]);
  });

  it('publishes the findings of every check as a metric, even if there are none', async () => {
    const { manifest } = await runs.run([fine, bad]);
    const published = printed()
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => 'Check' in line);
    expect(published.map(({ Environment, Check, Findings }) => [Environment, Check, Findings])).toEqual(
      manifest.checks.map(({ id, fail }) => ['test', id, fail]),
    );
    expect(published).toContainEqual(expect.objectContaining({ Check: 'console-mfa', Findings: 1 }));
    expect(published).toContainEqual(expect.objectContaining({ Check: 'root-mfa', Findings: 0 }));
  });

  it('publishes no findings if no report was read', async () => {
    await runs.run([deniedAccount]);
    expect(printed().filter((line) => line.includes('"Check"'))).toEqual([]);
  });

  it('never shows a run with a failed account as complete', async () => {
    const { manifest, summary } = await runs.run([fine, deniedAccount]);
    expect(manifest.complete).toBe(false);
    expect(summary.digest?.subject).toContain('1 of 2 accounts failed');
    expect(summary.digest?.message).toMatch(/^THE RUN IS NOT COMPLETE/);
    expect(summary.digest?.message).toContain(`${third} name-${third}: denied: denied`);
    expect(runs.page()).toContain('Not complete: 1 of 2 expected accounts failed.');
    expect(runs.page()).toContain('<title>1 account failed');
    expect(runs.page()).not.toContain('Complete.');
  });

  it('shows a run in which every expected account is collected as complete', async () => {
    const { manifest, summary } = await runs.run([fine, { id: third, skip: 'SUSPENDED' }]);
    expect(manifest.complete).toBe(true);
    expect(summary).toMatchObject({ complete: true, publish: false });
    expect(runs.page()).toContain('Complete.');
    expect(runs.page()).not.toContain('Not complete');
  });

  it('is not complete if no account is expected', async () => {
    const { manifest, summary } = await runs.run([{ id: third, skip: 'SUSPENDED' }]);
    expect(manifest.complete).toBe(false);
    expect(summary.publish).toBe(true);
    expect(runs.page()).toContain('Not complete');
  });

  it('throws InconsistentTotals when the outcomes contradict the ledger, and writes no manifest', async () => {
    const event = await runs.collect([fine]);
    const file = keys.outcomes(event.run, 1);
    runs.s3.put(file, runs.s3.text(file).replaceAll(first, second));
    await expect(runs.summarize(event)).rejects.toMatchObject({ name: 'InconsistentTotals' });
    expect([...runs.s3.objects.keys()].filter((key) => key.startsWith('manifests/'))).toEqual([]);
  });

  it('throws InconsistentTotals when an account is in the ledger twice', async () => {
    const event = await runs.collect([deniedAccount, { id: third, skip: 'SUSPENDED' }]);
    await expect(runs.summarize(event)).rejects.toMatchObject({ name: 'InconsistentTotals' });
  });

  it('applies an exemption through its last day', async () => {
    const exemption = {
      account: second,
      user: 'zoe',
      check: 'key-rotation-90-days',
      reason: 'will use a role',
      expires: DATE,
    };
    const checks = { exemptions: [exemption] };
    const today = await runs.run([bad], { checks });
    expect(today.manifest.exemptions).toEqual([
      { ...exemption, source: 'environment', effect: 'used', endsSoon: true, findings: 1 },
    ]);
    expect(today.manifest.totals.findings).toBe(1);
    expect(runs.table('findings.csv')[1]).toMatchObject({
      status: 'exempt',
      exemption_reason: 'will use a role',
    });
    expect(runs.page()).toContain('will use a role');

    const tomorrow = await runs.run([bad], { ...{ ...NEXT_DAY, digest: 'always' }, checks });
    expect(tomorrow.manifest.totals.findings).toBe(2);
    expect(tomorrow.manifest.changes).toMatchObject({ newFindings: 1, resolvedFindings: 0 });
    expect(runs.table('findings.csv', NEXT_DAY.date)[1]).toMatchObject({ status: 'fail', new: 'true' });
    expect(runs.page(NEXT_DAY.date)).toContain('expired: its findings fail again');
  });
});

describe('summarize-run after an earlier run', () => {
  let runs: SummarizedRuns;
  beforeEach(() => {
    runs = new SummarizedRuns();
  });

  const changesTable = (date: string) =>
    runs
      .table('changes.csv', date)
      .map(({ change, account_id, user, check }) => [change, account_id, user, check].join(' ').trim());
  const repaired = {
    ...bad,
    rows: [
      as('<root_account>', second, root),
      as('zoe', second, { ...user, ...key(1, 91, 1) }),
      as('new', second, withoutMfa),
    ],
  };

  it('reports what changed, in the manifest, the table and the digest', async () => {
    await runs.run([fine, bad]);
    const { manifest, summary } = await runs.run(
      [repaired, { id: third, rows: [as('<root_account>', third, root)] }],
      { ...NEXT_DAY, digest: 'always' },
    );
    expect(manifest.changes).toMatchObject({
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
    expect(summary.digest?.message).toContain('findings: 1 new, 1 resolved');
    expect(summary.digest?.message).toContain(`${second} =Payments, "EU": new: console-mfa`);
  });

  it('does not count findings of a failed account as resolved, and compares its next report with its last one', async () => {
    await runs.run([fine, bad]);
    const failed = await runs.run([fine, { id: second, failed: 'denied' }], NEXT_DAY);
    expect(failed.manifest.changes).toMatchObject({ newFindings: 0, resolvedFindings: 0, usersRemoved: 0 });
    const back = await runs.run([fine, repaired], { date: '2026-11-24', execution: 'run-3' });
    expect(back.manifest.changes).toMatchObject({
      newFindings: 1,
      resolvedFindings: 1,
      usersAdded: 1,
      usersRemoved: 1,
    });
  });

  it.each([
    ['failures', [fine, deniedAccount], true],
    ['failures', [fine, repaired], false],
    ['new-findings', [fine, repaired], true],
    ['new-findings', [fine, bad], false],
    ['always', [fine, bad], true],
  ] as const)('applies the digest occasion %s', async (digest, accounts, published) => {
    await runs.run([fine, bad]);
    expect((await runs.run([...accounts], { ...NEXT_DAY, digest })).summary.publish).toBe(published);
  });

  it('counts every finding of the first run as new', async () => {
    expect((await runs.run([bad], { digest: 'new-findings' })).summary).toMatchObject({
      publish: true,
      newFindings: null,
    });
  });
});
