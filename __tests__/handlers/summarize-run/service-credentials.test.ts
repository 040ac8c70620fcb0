/** Service-specific credentials: evidence of their own, which never changes what is said of a report. */
import { keys } from '../../../handlers/shared/bucket-layout';
import { tableColumns } from '../../../handlers/shared/table-columns';
import { sha256Of } from '../../../handlers/shared/hash';
import type { BatchOutcomes, Collected } from '../../../handlers/shared/run-files';
import {
  type ServiceCredential,
  serviceCredentialsText,
} from '../../../handlers/credential-report/service-credentials';
import { InvalidInput } from '../../../handlers/shared/validation';
import { consoleUser, days, root } from '../../support/rows';
import { DATE, type StoredAccount, accountId, as } from '../../support/stored-run';
import { type SummarizedRun, SummarizedRuns } from '../../support/summarized';

const [first, second] = [1, 2].map(accountId) as [string, string];
const created = (age: number) => new Date(days(age)).toISOString();
let number = 0;
const credential = (change: Partial<ServiceCredential> = {}): ServiceCredential => ({
  UserName: 'ada',
  ServiceSpecificCredentialId: `ACCALOCA${String(number++).padStart(12, '0')}`,
  ServiceName: 'bedrock.amazonaws.com',
  Status: 'Active',
  CreateDate: created(10),
  ExpirationDate: '2027-06-01T00:00:00.000Z',
  ...change,
});
const account = (id: string, serviceCredentials: StoredAccount['serviceCredentials']): StoredAccount => ({
  id,
  rows: [as('<root_account>', id, root), as('ada', id, consoleUser)],
  serviceCredentials,
});
const LISTED = { serviceCredentials: true };
const later = { ...LISTED, execution: 'run-2', startedAt: `${DATE}T20:00:00.000Z` };
const list = keys.serviceCredentials(DATE, first);
const CHECKS = ['service-credential-without-expiry', 'old-service-credential', 'inactive-service-credential'];

const checksOf = ({ manifest }: SummarizedRun) =>
  Object.fromEntries(
    manifest.checks
      .filter(({ id }) => CHECKS.includes(id))
      .map(({ id, findings, pass, fail, unknown, notApplicable }) => [
        id,
        { findings, pass, fail, unknown, notApplicable },
      ]),
  );
const collectedIn = ({ manifest }: SummarizedRun, index = 0) =>
  manifest.accounts[index] as Extract<
    SummarizedRun['manifest']['accounts'][number],
    { outcome: 'collected' }
  >;
const rowsOf = (runs: SummarizedRuns, check: string) =>
  runs.table('findings.csv').filter((row) => row.check === check);

beforeEach(() => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
});
afterEach(() => jest.restoreAllMocks());

describe('the service-specific credentials of a run', () => {
  it('are in the manifest with their hash, in the checksums and in a table', async () => {
    const runs = new SummarizedRuns();
    const expiring = credential();
    const forever = credential({ ExpirationDate: undefined, ServiceName: 'codecommit.amazonaws.com' });
    const owner = { name: 'Payments', source: 'tag', asOf: DATE } as const;
    const owned = { ...account(first, [expiring, forever]), owner, unitNames: 'Workloads' };
    const run = await runs.run([owned, account(second, [])], LISTED);
    const { versionId, ...known } = collectedIn(run).serviceCredentials as { versionId: string };
    expect(known).toEqual({
      outcome: 'collected',
      collectedAt: `${DATE}T08:01:30.000Z`,
      key: list,
      bytes: runs.s3.objects.get(list)!.length,
      sha256: sha256Of(runs.s3.text(list)),
      evidence: 'verified',
      credentials: 2,
    });
    expect(versionId).toMatch(/./);
    expect(run.manifest.serviceCredentials).toEqual({ collected: 2, unknown: 0, credentials: 2 });
    expect(runs.s3.text(runs.fileOf(run, 'SHA256SUMS'))).toContain(
      `${sha256Of(runs.s3.text(list))}  ${list}\n`,
    );
    expect(runs.table('service_credentials.csv')).toMatchObject([
      {
        account_id: first,
        user: 'ada',
        arn: `arn:aws:iam::${first}:user/ada`,
        service: 'bedrock.amazonaws.com',
        credential_id: expiring.ServiceSpecificCredentialId,
        status: 'Active',
        created_at: created(10),
        expires_at: '2027-06-01T00:00:00.000Z',
        age_days: '10',
        collected_by: 'run-1',
        owner: 'Payments',
        ou_names: 'Workloads',
      },
      { credential_id: forever.ServiceSpecificCredentialId, expires_at: '' },
    ]);
    expect(runs.s3.text(keys.partition('service_credentials', DATE))).toContain('/service_credentials.csv\n');
    expect(runs.s3.text(keys.day(DATE, 'index.html'))).toContain('href="service_credentials.csv"');
  });

  it('have findings of their own, each with its credential and without a last use', async () => {
    const runs = new SummarizedRuns();
    const old = credential({ CreateDate: created(91) });
    const run = await runs.run(
      [
        account(first, [
          old,
          credential({ CreateDate: created(90) }),
          credential({ ExpirationDate: undefined }),
          credential({ ExpirationDate: undefined, UserName: 'not.in-report' }),
          credential({ Status: 'Inactive', ExpirationDate: undefined, CreateDate: created(400) }),
          credential({ Status: 'Expired' }),
          credential({ Status: 'Suspended' }),
        ]),
        account(second, []),
      ],
      LISTED,
    );
    expect(checksOf(run)).toEqual({
      'service-credential-without-expiry': { findings: 3, pass: 0, fail: 1, unknown: 0, notApplicable: 1 },
      'old-service-credential': { findings: 2, pass: 0, fail: 1, unknown: 0, notApplicable: 1 },
      'inactive-service-credential': { findings: 3, pass: 0, fail: 1, unknown: 0, notApplicable: 1 },
    });
    expect(rowsOf(runs, 'old-service-credential')).toMatchObject([
      {
        user: 'ada',
        arn: `arn:aws:iam::${first}:user/ada`,
        status: 'fail',
        reason: 'credential for bedrock.amazonaws.com is 91 days old',
        credential: 'service-specific',
        slot: old.ServiceSpecificCredentialId,
        age_days: '91',
        created_at: created(91),
        last_used_at: '',
        last_used_region: '',
        last_used_service: '',
      },
      { status: 'unknown', reason: 'credential for bedrock.amazonaws.com has the status Suspended' },
    ]);
    expect(rowsOf(runs, 'service-credential-without-expiry').map(({ user, arn }) => [user, arn])).toEqual([
      ['ada', `arn:aws:iam::${first}:user/ada`],
      ['ada', `arn:aws:iam::${first}:user/ada`],
      ['not.in-report', ''],
    ]);
  });

  it('that are of a user in no row of the report are compared from day to day like others', async () => {
    const runs = new SummarizedRuns();
    const forever = credential({ ExpirationDate: undefined, UserName: 'not.in-report' });
    await runs.run([account(first, [])], { ...LISTED, date: '2026-11-20' });
    const appeared = await runs.run([account(first, [forever])], { ...LISTED, date: '2026-11-21' });
    expect(appeared.manifest.changes).toMatchObject({ newFindings: 1, usersAdded: 1 });
    const same = await runs.run([account(first, [forever])], LISTED);
    expect(same.manifest.changes).toMatchObject({ newFindings: 0, resolvedFindings: 0, findingsBefore: 1 });
  });

  it('that are refused for a day are neither resolved then, nor new when they are listed again', async () => {
    const runs = new SummarizedRuns();
    const forever = credential({ ExpirationDate: undefined });
    const isAboutIt = ({ check, credential: one }: Record<string, string>) =>
      CHECKS.includes(check!) && one !== '';
    await runs.run([account(first, [forever])], { ...LISTED, date: '2026-11-19' });
    for (const date of ['2026-11-20', '2026-11-21']) {
      await runs.run([account(first, 'denied')], { ...LISTED, date });
      expect(runs.table('changes.csv', date).filter(isAboutIt)).toEqual([]);
    }
    const again = await runs.run([account(first, [forever])], LISTED);
    expect(runs.table('changes.csv').filter(isAboutIt)).toEqual([]);
    expect(again.manifest.notes).toEqual([]);
    await runs.run([account(first, [])], { ...LISTED, date: '2026-11-23' });
    expect(runs.table('changes.csv', '2026-11-23').filter(isAboutIt)).toMatchObject([
      { change: 'finding-resolved', user: 'ada', check: 'service-credential-without-expiry' },
    ]);
  });

  it('that were refused are unknown, never a pass, and the run is complete', async () => {
    const runs = new SummarizedRuns();
    const run = await runs.run([account(first, 'denied'), account(second, [])], LISTED);
    expect(run.manifest.complete).toBe(true);
    expect(run.manifest.serviceCredentials).toEqual({ collected: 1, unknown: 1, credentials: 0 });
    expect(collectedIn(run).serviceCredentials).toEqual({
      outcome: 'failed',
      reason: 'denied',
      detail: 'no list',
    });
    for (const counts of Object.values(checksOf(run)))
      expect(counts).toEqual({ findings: 1, pass: 0, fail: 0, unknown: 1, notApplicable: 1 });
    expect(rowsOf(runs, 'old-service-credential')).toMatchObject([
      {
        user: '<root_account>',
        status: 'unknown',
        reason: 'service-specific credentials are not known: denied',
      },
    ]);
    expect(runs.table('service_credentials.csv')).toMatchObject([{ account_id: first, status: 'unknown' }]);
  });

  it('leave no trace in a run that does not list them, whatever outcomes say', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([account(first, [credential({ ExpirationDate: undefined })])], LISTED);
    const plain = await runs.collect([account(first, [])], { execution: 'run-2' });
    const outcomes = runs.s3.json(keys.outcomes(event.run, 1)) as BatchOutcomes;
    runs.s3.put(keys.outcomes(plain.run, 1), JSON.stringify(outcomes));
    const run = await runs.summarize(plain);
    expect(run.manifest.serviceCredentials).toBeNull();
    expect(collectedIn(run)).not.toHaveProperty('serviceCredentials');
    expect(checksOf(run)).toEqual({});
    expect(runs.s3.objects.has(keys.day(DATE, 'service_credentials.csv'))).toBe(false);
    expect(runs.s3.text(keys.day(DATE, 'index.html'))).not.toContain('service_credentials.csv');
    expect(run.manifest.files.some(({ key }) => key.endsWith('service_credentials.csv'))).toBe(false);
  });

  it('of which no outcome was recorded are unknown', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([account(first, [])], LISTED);
    const { outcomes } = runs.s3.json(keys.outcomes(event.run, 1)) as BatchOutcomes;
    const [{ serviceCredentials: _list, ...outcome }] = outcomes as [Collected];
    runs.s3.put(keys.outcomes(event.run, 1), JSON.stringify({ batch: 1, outcomes: [outcome] }));
    const run = await runs.summarize(event);
    expect(collectedIn(run).serviceCredentials).toMatchObject({ outcome: 'failed', reason: 'not-listed' });
  });
});

describe('a list that somebody else wrote', () => {
  const forged = serviceCredentialsText(first, []);
  it.each<[string, string | undefined, string]>([
    ['is gone', undefined, 'list-missing'],
    ['hides credentials', forged, 'list-changed'],
    ['is garbage', 'ten bytes!', 'list-changed'],
  ])('is not believed when it %s, and the report is', async (_how, content, reason) => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([account(first, [credential({ ExpirationDate: undefined })])], LISTED);
    if (content === undefined) runs.s3.delete(list);
    else runs.s3.put(list, content);
    const run = await runs.summarize(event);
    expect(run.manifest.complete).toBe(true);
    expect(collectedIn(run)).toMatchObject({ outcome: 'collected', evidence: 'verified' });
    expect(collectedIn(run).serviceCredentials).toMatchObject({ outcome: 'failed', reason });
    expect(checksOf(run)['service-credential-without-expiry']).toMatchObject({ unknown: 1, pass: 0 });
  });

  it('is read although the outcome says that it is empty', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([account(first, [credential({ ExpirationDate: undefined })])], LISTED);
    const { outcomes } = runs.s3.json(keys.outcomes(event.run, 1)) as BatchOutcomes;
    const [outcome] = outcomes as [Collected];
    const empty = { ...outcome, serviceCredentials: { ...outcome.serviceCredentials, credentials: 0 } };
    runs.s3.put(keys.outcomes(event.run, 1), JSON.stringify({ batch: 1, outcomes: [empty] }));
    const run = await runs.summarize(event);
    expect(collectedIn(run).serviceCredentials).toMatchObject({ credentials: 1 });
  });

  it('is read although the outcome has the hash of an empty list', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([account(first, [credential({ ExpirationDate: undefined })])], LISTED);
    const { outcomes } = runs.s3.json(keys.outcomes(event.run, 1)) as BatchOutcomes;
    const [outcome] = outcomes as [Collected];
    const claimed = { credentials: 0, sha256: sha256Of(forged) };
    const empty = { ...outcome, serviceCredentials: { ...outcome.serviceCredentials, ...claimed } };
    runs.s3.put(keys.outcomes(event.run, 1), JSON.stringify({ batch: 1, outcomes: [empty] }));
    const run = await runs.summarize(event);
    expect(collectedIn(run).serviceCredentials).toMatchObject({ outcome: 'failed', reason: 'list-changed' });
    expect(checksOf(run)['service-credential-without-expiry']).toMatchObject({ unknown: 1 });
  });

  it('is not believed with an outcome of its own if it belongs to another account', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([account(first, [])], LISTED);
    const { outcomes } = runs.s3.json(keys.outcomes(event.run, 1)) as BatchOutcomes;
    const [outcome] = outcomes as [Collected];
    const content = serviceCredentialsText(second, [credential()]);
    runs.s3.put(list, content);
    const other = { sha256: sha256Of(content), bytes: content.length, credentials: 1 };
    const changed = { ...outcome, serviceCredentials: { ...outcome.serviceCredentials, ...other } };
    runs.s3.put(keys.outcomes(event.run, 1), JSON.stringify({ batch: 1, outcomes: [changed] }));
    const run = await runs.summarize(event);
    expect(collectedIn(run).serviceCredentials).toMatchObject({ outcome: 'failed', reason: 'list-invalid' });
  });

  it('in another place than that of its account fails the summary', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([account(first, []), account(second, [])], LISTED);
    const { outcomes } = runs.s3.json(keys.outcomes(event.run, 1)) as BatchOutcomes;
    const [one, other] = outcomes as [Collected, Collected];
    const swapped = { ...one, serviceCredentials: other.serviceCredentials };
    runs.s3.put(keys.outcomes(event.run, 1), JSON.stringify({ batch: 1, outcomes: [swapped, other] }));
    await expect(runs.summarize(event)).rejects.toThrow(/names another list of service-specific credentials/);
  });
});

describe('a second run of a day', () => {
  it('replaces the list, and the first run still has its own version', async () => {
    const runs = new SummarizedRuns();
    const morning = await runs.collect([account(first, [credential({ ExpirationDate: undefined })])], LISTED);
    const evening = await runs.collect([account(first, [])], later);
    const summarized = await runs.summarize(morning);
    expect(collectedIn(summarized).serviceCredentials).toMatchObject({
      evidence: 'superseded',
      credentials: 1,
    });
    expect(checksOf(summarized)['service-credential-without-expiry']).toMatchObject({ fail: 1 });
    expect(runs.s3.text(runs.fileOf(summarized, 'SHA256SUMS'))).not.toContain(`  ${list}\n`);
    expect(collectedIn(await runs.summarize(evening)).serviceCredentials).toMatchObject({
      evidence: 'verified',
      credentials: 0,
    });
  });

  it('replaces the list of a bucket without versions, and the first run says what it read instead', async () => {
    const runs = new SummarizedRuns({ versions: false });
    const morning = await runs.collect([account(first, [credential()])], LISTED);
    await runs.collect([account(first, [])], later);
    expect(collectedIn(await runs.summarize(morning)).serviceCredentials).toMatchObject({
      evidence: 'superseded-not-verifiable',
      credentials: 0,
    });
  });

  it('in which the list is refused says so, whatever the first one found', async () => {
    const runs = new SummarizedRuns();
    await runs.run([account(first, [credential()])], LISTED);
    const evening = await runs.run([account(first, 'denied')], later);
    expect(collectedIn(evening).serviceCredentials).toMatchObject({ outcome: 'failed', reason: 'denied' });
  });

  it('that lists nothing leaves no list of the first one in the view of the day', async () => {
    const runs = new SummarizedRuns();
    await runs.run([account(first, [credential()])], LISTED);
    expect(runs.table('service_credentials.csv')).toHaveLength(1);
    const evening = await runs.run([account(first, [])], { ...later, serviceCredentials: false });
    const view = keys.day(DATE, 'service_credentials.csv');
    const header = `${tableColumns.service_credentials.join(',')}\n`;
    expect(runs.s3.text(view)).toBe(header);
    expect(runs.s3.text(keys.partition('service_credentials', DATE))).toBe(`s3://reports/${view}\n`);
    expect(runs.s3.text(keys.day(DATE, 'index.html'))).not.toContain('service_credentials.csv');
    await runs.summarize(evening.event);
    expect(runs.s3.text(view)).toBe(header);
  });

  it('that lists nothing, like the first one, makes no list', async () => {
    const runs = new SummarizedRuns();
    await runs.run([account(first, [])], { ...LISTED, serviceCredentials: false });
    await runs.run([account(first, [])], { ...later, serviceCredentials: false });
    expect(runs.s3.objects.has(keys.day(DATE, 'service_credentials.csv'))).toBe(false);
  });

  it('in which the account fails keeps its findings with its report', async () => {
    const runs = new SummarizedRuns();
    await runs.run([account(first, [credential({ ExpirationDate: undefined })])], LISTED);
    await runs.run([{ id: first, failed: 'denied' }], later);
    expect(rowsOf(runs, 'service-credential-without-expiry')).toMatchObject([
      { status: 'fail', collected_by: 'run-1' },
    ]);
    expect(runs.table('service_credentials.csv')).toMatchObject([{ collected_by: 'run-1' }]);
  });

  it('finds the same when it is summarized again, although its list was replaced since', async () => {
    const runs = new SummarizedRuns();
    const morning = await runs.run([account(first, [credential()])], LISTED);
    await runs.run([account(first, [])], later);
    await expect(runs.summarize(morning.event)).resolves.toMatchObject({ manifest: morning.manifest });
  });

  it('is refused when the list of a finished run was changed', async () => {
    const runs = new SummarizedRuns();
    const run = await runs.run([account(first, [credential()])], LISTED);
    runs.s3.put(list, serviceCredentialsText(first, []));
    await expect(runs.summarize(run.event)).rejects.toThrow(InvalidInput);
  });
});
