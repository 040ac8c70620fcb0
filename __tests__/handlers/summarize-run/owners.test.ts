import type { Owner } from '../../../handlers/shared/run-files';
import { type Cells, consoleUser, root } from '../../support/rows';
import type { StoredAccount } from '../../support/stored-run';
import { SummarizedRuns } from '../../support/summarized';
import '../../support/quiet';

const owner: Owner = { name: '=Payments <b>', source: 'tag', asOf: '2026-11-20' };
const rowsOf = (id: string): Cells[] => [
  { ...root, arn: `arn:aws:iam::${id}:root` },
  { ...consoleUser, arn: `arn:aws:iam::${id}:user/ada`, mfa_active: 'false' },
];
const owners = { tag: 'Owner', file: false, email: false, unitNames: true };
const accounts: StoredAccount[] = [
  { id: '111111111111', rows: rowsOf('111111111111'), owner, unitNames: 'Workloads/Payments' },
  { id: '222222222222', rows: rowsOf('222222222222'), owner: null },
  { id: '333333333333', rows: rowsOf('333333333333') },
  { id: '444444444444', failed: 'denied', owner },
  { id: '555555555555', skip: 'SUSPENDED' },
];
const notes = ['Account tags: tag:GetResources failed with AccessDeniedException'];

describe('the owners of accounts', () => {
  it('are in the manifest: with source and date, null for none, absent if that is not known', async () => {
    const runs = new SummarizedRuns();
    const { manifest } = await runs.run(accounts, { owners, notes });
    expect(manifest.accounts.map((account) => account.owner)).toEqual([
      owner,
      null,
      undefined,
      owner,
      undefined,
    ]);
    expect(manifest.accounts[0]?.unitNames).toBe('Workloads/Payments');
    // Of expected accounts.
    expect(manifest.totals.collected).toBe(3);
    expect(manifest.owners).toEqual({ known: 2, none: 1, unknown: 1 });
    expect(manifest.notes).toContain(notes[0]);
  });

  it('are in the tables, where no name can run as a formula', async () => {
    const runs = new SummarizedRuns();
    await runs.run(accounts, { owners });
    for (const table of ['credentials.csv', 'findings.csv'] as const) {
      const found = new Map(runs.table(table).map((row) => [row.account_id, [row.owner, row.ou_names]]));
      expect([...found]).toEqual([
        ['111111111111', ["'=Payments <b>", 'Workloads/Payments']],
        ['222222222222', ['', '']],
        ['333333333333', ['', '']],
      ]);
    }
  });

  it('are beside the changes of their accounts', async () => {
    const runs = new SummarizedRuns();
    const bare = accounts.map((account) =>
      account.rows ? { ...account, rows: account.rows.slice(0, 1) } : account,
    );
    await runs.run(bare, {
      owners,
      date: '2026-11-21',
      execution: 'sunday',
      startedAt: '2026-11-21T08:00:00.000Z',
    });
    await runs.run(accounts, { owners });
    const added = runs.table('changes.csv').filter(({ change }) => change === 'user-added');
    expect(added.map((row) => [row.account_id, row.owner])).toEqual([
      ['111111111111', "'=Payments <b>"],
      ['222222222222', ''],
      ['333333333333', ''],
    ]);
  });

  it('are on the page beside accounts, findings and failures, and accounts without one are counted', async () => {
    const runs = new SummarizedRuns();
    await runs.run(accounts, { owners });
    const page = runs.page();
    expect(page).not.toContain('<b>');
    expect(page).toContain('owner: =Payments &#60;b&#62;, in Workloads/Payments');
    expect(page).toContain('no owner');
    expect(page.replace(/\s+/g, ' ')).toContain(
      'Owners: 2 accounts with an owner, 1 without one, 1 whose owner is not known.',
    );
  });

  it('are in the digest', async () => {
    const runs = new SummarizedRuns();
    const { summary } = await runs.run(accounts, { owners, notes, digest: 'always' });
    const message = summary.digest?.message ?? '';
    expect(message).toContain('Accounts without an owner: 1\n');
    expect(message).toContain('444444444444 name-444444444444, owner =Payments <b>: denied');
    expect(message).toContain(notes[0]);
  });

  it('have their findings counted in the digest, which add up to those of the run', async () => {
    const runs = new SummarizedRuns();
    const { manifest, summary } = await runs.run(accounts, { owners, digest: 'always' });
    const message = summary.digest?.message ?? '';
    const counted = [...message.matchAll(/^.+: (\d+) open in \d+ accounts? \(.*\)$/gm)];
    expect(counted.length).toBeGreaterThan(1);
    const ofOrganization = manifest.checks.find(({ id }) => id === 'central-root-access')?.findings ?? 0;
    expect(counted.reduce((sum, [, open]) => sum + Number(open), 0)).toBe(
      manifest.totals.findings - ofOrganization,
    );
  });

  it('are nowhere if the environment asks for none', async () => {
    const runs = new SummarizedRuns();
    const { manifest, summary } = await runs.run([{ id: '111111111111', rows: rowsOf('111111111111') }], {
      digest: 'always',
    });
    expect(manifest.owners).toBeNull();
    // What the page shows without its script, which can show owners.
    expect(runs.page().replace(/<script.*<\/script>/s, '')).not.toMatch(/[Oo]wners?:|no owner/);
    expect(summary.digest?.message).not.toContain('owner');
  });
});
