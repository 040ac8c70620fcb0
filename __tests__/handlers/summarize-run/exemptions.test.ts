import { keys } from '../../../handlers/shared/bucket-layout';
import type { Exemption } from '../../../handlers/shared/events';
import { sha256Of } from '../../../handlers/shared/hash';
import { DATE, type StoredAccount, accountId, accountWith } from '../../support/stored-run';
import { SummarizedRuns } from '../../support/summarized';
import { consoleUser } from '../../support/rows';

beforeEach(() => jest.spyOn(console, 'log').mockReturnValue(undefined));
afterEach(() => jest.restoreAllMocks());

const [first, second] = [1, 2].map(accountId) as [string, string];
const withoutMfa = { ...consoleUser, mfa_active: 'false' };
const about = {
  check: 'console-mfa',
  reason: 'hardware is ordered',
  expires: '2026-12-01',
  approvedBy: 'Security Board',
  ticket: 'SEC-7',
};
const owned: StoredAccount = {
  ...accountWith(first, withoutMfa, 'ada', 'ken'),
  owner: { name: 'Payments', source: 'tag', asOf: DATE },
  tags: { team: 'payments' },
};
const unknown = accountWith(second, withoutMfa, 'ada');
const run = `${DATE}/run-1`;

describe('the exemptions of a run', () => {
  let runs: SummarizedRuns;
  beforeEach(() => {
    runs = new SummarizedRuns();
  });

  /** Summarizes a run with exemptions in its settings and in its file. */
  async function summarize(
    accounts: StoredAccount[],
    { inFile, exemptions = [] }: { inFile?: Exemption[]; exemptions?: Exemption[] },
    stored = JSON.stringify({ exemptions: inFile }),
  ) {
    const text = JSON.stringify({ exemptions: inFile });
    const exemptionsFile = { sha256: sha256Of(text), bytes: text.length };
    const checks = { exemptions, ...(inFile && { exemptionsFile }) };
    if (inFile) await runs.store.bucket.put(keys.exemptions(run), stored);
    return runs.run(accounts, { checks, digest: 'always' });
  }
  const statusOf = () =>
    runs
      .table('findings.csv')
      .filter(({ check }) => check === about.check)
      .map((row) => [row.account_id, row.user, row.status, row.exemption_approved_by, row.exemption_ticket]);

  it('cover accounts by unit, tag and owner, and say who approved them', async () => {
    await summarize([owned, unknown], {
      exemptions: [{ ...about, owner: 'Payments', user: 'ada' }],
      inFile: [{ ...about, accountTag: { key: 'team', value: 'payments' }, user: 'k*' }],
    });
    expect(statusOf()).toEqual([
      [first, 'ada', 'exempt', 'Security Board', 'SEC-7'],
      [first, 'ken', 'exempt', 'Security Board', 'SEC-7'],
      [second, 'ada', 'fail', '', ''],
    ]);
    expect(runs.page()).toContain(
      'until 2026-12-01: hardware is ordered (approved by Security Board, ticket SEC-7)',
    );
  });

  it('cover the accounts below a unit', async () => {
    await summarize([owned, unknown], { exemptions: [{ ...about, ou: 'ou-1234-56789012', user: 'ada' }] });
    expect(statusOf().map(([account, user, status]) => [account, user, status])).toEqual([
      [first, 'ada', 'exempt'],
      [first, 'ken', 'fail'],
      [second, 'ada', 'exempt'],
    ]);
  });

  it('that do not apply, because nothing is known of an account, are told on the page and in the digest', async () => {
    const { manifest, summary } = await summarize([owned, unknown], {
      exemptions: [
        { ...about, accountTag: { key: 'team', value: 'payments' }, user: 'ada' },
        { ...about, accountTag: { key: 'team', value: 'other' }, user: 'ada' },
      ],
    });
    const note = 'Exemptions by account tag (2) do not apply to the accounts whose tags are not known (1).';
    expect(manifest.notes).toEqual([note]);
    expect(runs.page()).toContain(note);
    expect(summary.digest?.message).toContain(note);
    expect(manifest.exemptions.map(({ effect, findings }) => [effect, findings])).toEqual([
      ['used', 1],
      ['undecided', 0],
    ]);
  });

  it('that end within 14 days, match nothing, or have expired are told on the page and in the digest', async () => {
    const { manifest, summary } = await summarize([owned], {
      exemptions: [
        { ...about, account: first, user: 'ada' },
        { ...about, account: first, user: 'nobody', expires: '2027-12-01' },
        { ...about, account: first, user: 'ken', expires: '2026-11-21' },
      ],
    });
    expect(manifest.exemptions.map(({ effect, endsSoon }) => [effect, endsSoon])).toEqual([
      ['used', true],
      ['unused', false],
      ['expired', false],
    ]);
    const counts = 'Exemptions: 3, 1 expired, 1 ending within 14 days, 1 matching no finding';
    const page = runs.page();
    for (const text of [
      counts,
      'expired: its findings fail again',
      'ends within 14 days',
      'matches no finding',
    ])
      expect(page).toContain(text);
    const message = summary.digest?.message ?? '';
    expect(message).toContain(`\n${counts}\n`);
    expect(message).toContain(
      'Exemptions ending within 14 days: 1\n' +
        `console-mfa: ada, ${first}, until 2026-12-01: hardware is ordered (approved by Security Board, ticket SEC-7); 1 finding`,
    );
    expect(message).toContain('Exemptions matching no finding: 1\nconsole-mfa: nobody,');
    expect(message).toContain('Exemptions expired: 1\nconsole-mfa: ken,');
  });

  it('of an account without a report are not called unused', async () => {
    const { manifest } = await summarize([{ id: first, failed: 'denied' }, unknown], {
      exemptions: [{ ...about, account: first, user: 'ada' }],
    });
    expect(manifest.exemptions).toMatchObject([{ effect: 'undecided', findings: 0 }]);
  });

  it('are evidence: the manifest names the hash of the file, and what each exemption did', async () => {
    const inFile = [{ ...about, account: first, user: 'ada' }];
    const { manifest } = await summarize([owned], { inFile });
    const text = JSON.stringify({ exemptions: inFile });
    expect(manifest.files).toContainEqual({
      key: keys.exemptions(run),
      bytes: text.length,
      sha256: sha256Of(text),
    });
    expect(manifest.exemptions).toEqual([
      { ...inFile[0], source: 'file', effect: 'used', endsSoon: true, findings: 1 },
    ]);
    expect(manifest.accounts).toMatchObject([{ owner: owned.owner, tags: owned.tags }]);
  });

  it('may be in a file with a byte order mark, which a deployment accepts too', async () => {
    const text = `\uFEFF${JSON.stringify({ exemptions: [{ ...about, account: first, user: 'ada' }] })}`;
    const exemptionsFile = { sha256: sha256Of(text), bytes: Buffer.byteLength(text) };
    await runs.store.bucket.put(keys.exemptions(run), text);
    const { manifest } = await runs.run([owned], { checks: { exemptions: [], exemptionsFile } });
    expect(manifest.exemptions).toMatchObject([{ source: 'file', effect: 'used' }]);
  });

  it('are not believed if somebody changed the file, or removed it', async () => {
    const inFile = [{ ...about, account: first, user: 'ada' }];
    const everything = JSON.stringify({ exemptions: [{ ...about, account: '*', user: '*' }] });
    await expect(summarize([owned], { inFile }, everything)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringMatching(
        /exemptions\.json has the SHA-256 \w+, and the ledger of the run names/,
      ) as string,
    });
  });

  it('are the same when a run is summarized again', async () => {
    const inFile = [{ ...about, account: first, user: 'ada' }];
    const { event, manifest } = await summarize([owned, unknown], { inFile });
    await expect(runs.summarize(event)).resolves.toMatchObject({ manifest });
  });
});
