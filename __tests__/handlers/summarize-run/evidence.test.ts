/** The summary believes what is in the bucket. */
import { keys, prefixes } from '../../../handlers/shared/bucket-layout';
import { ServiceError } from '../../../local/fake-aws/service';
import type { BatchOutcomes, Collected } from '../../../handlers/shared/run-files';
import { consoleUser, root } from '../../support/rows';
import { DATE, type StoredAccount, accountId, as } from '../../support/stored-run';
import { SummarizedRuns } from '../../support/summarized';

const [first, second] = [1, 2].map(accountId) as [string, string];
const rootRow = as('<root_account>', first, root);
const morning: StoredAccount = { id: first, rows: [rootRow, as('ada', first, consoleUser)] };
const evening: StoredAccount = { id: first, rows: [rootRow, as('eve', first, consoleUser)] };
const other: StoredAccount = { id: second, rows: [as('<root_account>', second, root)] };
const report = keys.report(DATE, first);
const later = { execution: 'run-2', startedAt: `${DATE}T20:00:00.000Z` };

let printed: jest.SpyInstance;
beforeEach(() => {
  printed = jest.spyOn(console, 'log').mockReturnValue(undefined);
});
afterEach(() => jest.restoreAllMocks());

describe('the report of a collected account', () => {
  it.each([
    ['is cut', (content: string) => content.slice(0, -40)],
    ['is replaced by garbage', () => 'ten bytes!'],
    ['has one other cell', (content: string) => content.replace('ada', 'ida')],
  ])('fails the account when it %s, and the run is not complete', async (_how, tampered) => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([morning, other]);
    runs.s3.put(report, tampered(runs.s3.text(report)));
    const { manifest, summary } = await runs.summarize(event);
    expect(summary).toMatchObject({ complete: false, failed: 1, collected: 1, publish: true });
    expect(manifest.accounts[0]).toMatchObject({ id: first, outcome: 'failed', reason: 'report-changed' });
    expect(summary.digest?.message).toContain(
      `${first} name-${first}: report-changed: The report that was stored`,
    );
  });

  it('fails the account when it is deleted', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([morning, other]);
    runs.s3.delete(report);
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).toMatchObject({ outcome: 'failed', reason: 'report-missing' });
  });

  it('counts when it was written again with the same bytes', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([morning]);
    runs.s3.put(report, runs.s3.text(report));
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).toMatchObject({ outcome: 'collected', evidence: 'verified' });
  });

  const readsOf = ({ s3 }: SummarizedRuns, key: string) =>
    s3.calls.filter((call) => call.method === 'GET' && call.key === key).length;

  it('is not read when its outcome names its review and nobody has replaced it', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([morning]);
    await runs.summarize(event);
    expect(runs.table('credentials.csv').map(({ user }) => user)).toEqual(['<root_account>', 'ada']);
    expect(readsOf(runs, report)).toBe(0);
  });

  it('is read when it was replaced, although its review is right', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([morning]);
    runs.s3.put(report, 'ten bytes!');
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).toMatchObject({ reason: 'report-changed' });
  });

  it('is read, and fails the account, when somebody wrote another hash of it into the outcome', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([morning]);
    const file = keys.outcomes(event.run, 1);
    const { batch, outcomes } = runs.s3.json(file) as BatchOutcomes;
    const forged = outcomes.map((outcome) => ({ ...outcome, sha256: 'f'.repeat(64) }));
    runs.s3.put(file, JSON.stringify({ batch, outcomes: forged }));
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).toMatchObject({ reason: 'report-changed' });
  });

  it('is superseded when a later run of the day has replaced it, and is read by its version', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([morning]);
    await runs.collect([evening], later);
    const { manifest } = await runs.summarize(event);
    expect(manifest).toMatchObject({ complete: true });
    expect(manifest.accounts[0]).toMatchObject({ outcome: 'collected', evidence: 'superseded' });
    expect(runs.table('credentials.csv').map(({ user }) => user)).toEqual(['<root_account>', 'ada']);
  });

  it.each([
    ['is gone', undefined],
    // S3's answer for an object that does not exist, to a caller that may not list the whole bucket.
    ['cannot be read', new ServiceError(403, 'AccessDenied', 'denied')],
  ])('fails the account when a later run replaced it and its own version %s', async (_how, answer) => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([morning, other]);
    const outcomes = runs.s3.json(keys.outcomes(event.run, 1)) as BatchOutcomes;
    const [own] = outcomes.outcomes as Collected[];
    await runs.collect([evening], later);
    runs.s3.onCall = ({ key, query }) => {
      if (answer && key === report && query.versionId !== undefined) throw answer;
    };
    if (!answer) runs.s3.delete(report, own?.versionId);
    const { manifest } = await runs.summarize(event);
    expect(manifest).toMatchObject({ complete: false, totals: { collected: 1 } });
    expect(manifest.accounts[0]).toMatchObject({ outcome: 'failed', reason: 'report-changed' });
  });

  it.each([
    ['garbage', () => 'ten bytes!'],
    ['cut', (content: string) => content.slice(0, -10)],
    ['empty', () => ''],
  ])('fails the account, not the run, when the outcomes of the later run are %s', async (_how, damaged) => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([morning, other]);
    const { run } = await runs.collect([evening], later);
    const file = keys.outcomes(run, 1);
    runs.s3.put(file, damaged(runs.s3.text(file)));
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).toMatchObject({ outcome: 'failed', reason: 'report-changed' });
    expect(printed.mock.calls.join()).toContain(prefixes.outcomes(run));
  });

  it('is superseded and not verifiable in a bucket without versions, and the newer one is read', async () => {
    const runs = new SummarizedRuns({ versions: false });
    const event = await runs.collect([morning]);
    await runs.collect([evening], later);
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).toMatchObject({ evidence: 'superseded-not-verifiable' });
    expect(runs.table('credentials.csv').map(({ user }) => user)).toEqual(['<root_account>', 'eve']);
  });

  it('fails the account when it is neither its own nor that of the later run', async () => {
    const runs = new SummarizedRuns({ versions: false });
    const event = await runs.collect([morning]);
    await runs.collect([evening], later);
    runs.s3.put(report, 'ten bytes!');
    const { manifest } = await runs.summarize(event);
    expect(manifest.accounts[0]).toMatchObject({ outcome: 'failed', reason: 'report-changed' });
  });

  it('stops the run when its outcome names the report of another account', async () => {
    const runs = new SummarizedRuns();
    const event = await runs.collect([morning, other]);
    const file = keys.outcomes(event.run, 1);
    runs.s3.put(file, runs.s3.text(file).replace(report, keys.report(DATE, second)));
    await expect(runs.summarize(event)).rejects.toMatchObject({ name: 'InconsistentTotals' });
  });
});
