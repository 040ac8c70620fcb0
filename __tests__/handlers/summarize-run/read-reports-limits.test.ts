/** How much `readReports` holds in memory, and in what order it reads. */
import type { ReconciledAccount } from '../../../handlers/core/reconcile';
import type { ReportBucket } from '../../../handlers/shared/aws/report-bucket';
import { keys, runOf } from '../../../handlers/shared/bucket-layout';
import { sha256Of } from '../../../handlers/shared/hash';
import type { BatchOutcomes } from '../../../handlers/shared/run-files';
import { KeptReports } from '../../../handlers/summarize-run/history/kept-reports';
import { OtherRuns } from '../../../handlers/summarize-run/history/other-runs';
import { readReports } from '../../../handlers/summarize-run/read-reports';
import { CollectedEvidence, REPORT as REPORTS } from '../../../handlers/summarize-run/report-evidence';
import { allOf } from '../../support/all-of';
import { reportStore } from '../../support/report-store';
import { DATE, accountId } from '../../support/stored-run';

const run = runOf(DATE, 'run-1');
const REPORT = 'a report';
const collected = (account: string) =>
  ({
    account,
    outcome: 'collected',
    generatedAt: '',
    collectedAt: DATE,
    key: keys.report(DATE, account),
    bytes: REPORT.length,
    sha256: sha256Of(REPORT),
    etag: '',
  }) as const;
const batchOf = (batch: number, ...accounts: string[]): BatchOutcomes => ({
  batch,
  outcomes: accounts.map(collected),
});
/** The reports of accounts that are in the bucket. */
const read = (bucket: ReportBucket, ids: string[], outcomes: BatchOutcomes[]) => {
  const accounts = ids.map((id): ReconciledAccount => ({ id, name: id, ...collected(id) }));
  const object = { bytes: REPORT.length, etag: '', modifiedAt: 0 };
  const listed = new Map(ids.map((id) => [keys.report(DATE, id), object]));
  const reader = {
    bucket,
    evidence: new CollectedEvidence(REPORTS, bucket, listed, new OtherRuns(bucket, run)),
    lists: undefined,
    kept: new KeptReports(bucket, () => none()),
  };
  return readReports(reader, run, accounts, outcomes);
};
async function* none() {
  /* No other run of the day has finished. */
}
const idsOf = async (reports: ReturnType<typeof read>) =>
  (await allOf(reports)).map(({ account }) => account.id);
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the reports of a run', () => {
  let bucket: ReportBucket;
  beforeEach(() => {
    ({ bucket } = reportStore());
  });

  /** Reads of the bucket that wait until they are released, and the most that waited at the same time. */
  function holdReads() {
    const waiting: (() => void)[] = [];
    const seen = { reads: 0, most: 0 };
    const hold = async () => {
      seen.reads++;
      const release = new Promise<void>((resolve) => waiting.push(resolve));
      seen.most = Math.max(seen.most, waiting.length);
      await release;
    };
    const releaseAll = async () => {
      for (let round = 0; round < 20; round++) {
        await settled();
        for (const release of waiting.splice(0)) release();
      }
    };
    return { seen, hold, releaseAll };
  }

  it('keep their order when the batches of the accounts alternate, and each pack is read in turn', async () => {
    const ids = [1, 2, 3, 4, 5, 6].map(accountId);
    const [a, b, c, d, e, f] = ids as [string, string, string, string, string, string];
    const outcomes = [batchOf(1, a, f), batchOf(2, b, d), batchOf(3, c, e)];
    await expect(idsOf(read(bucket, ids, outcomes))).resolves.toEqual(ids);
  });

  it('have the pack of each batch read once when accounts of a batch follow each other', async () => {
    const ids = [1, 2, 3, 4].map(accountId);
    const [a, b, c, d] = ids as [string, string, string, string];
    for (const batch of [1, 2]) await bucket.putJson(keys.reportPack(run, batch, 4), {});
    const getJson = jest.spyOn(bucket, 'getJson');
    await idsOf(read(bucket, ids, [batchOf(1, a, b), batchOf(2, c, d)]));
    expect(getJson).toHaveBeenCalledTimes(2);
  });

  it('are read 16 at a time, and no more than 24 ahead of the one that is used', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => accountId(index));
    const { seen, hold, releaseAll } = holdReads();
    jest.spyOn(bucket, 'get').mockImplementation(async () => {
      await hold();
      return Buffer.from(REPORT);
    });
    const reports = read(bucket, ids, [batchOf(1, ...ids)]);
    const first = reports.next();
    await releaseAll();
    await first;
    await releaseAll();
    expect(seen.most).toBe(16);
    expect(seen.reads).toBeLessThanOrEqual(1 + 24);
    expect(seen.reads).toBeGreaterThan(16);
    await reports.return(undefined);
  });

  it('have the packs of two batches in memory, and no more', async () => {
    const ids = [1, 2, 3, 4, 5].map(accountId);
    for (const batch of ids.keys()) await bucket.putJson(keys.reportPack(run, batch, 4), {});
    const { seen, hold, releaseAll } = holdReads();
    jest.spyOn(bucket, 'getJson').mockImplementation(async () => {
      await hold();
      return { content: {}, etag: '', bytes: 0, sha256: '' };
    });
    const reports = read(
      bucket,
      ids,
      ids.map((id, batch) => batchOf(batch, id)),
    );
    const first = reports.next();
    await settled();
    await settled();
    expect(seen.most).toBe(2);
    await releaseAll();
    await first;
    expect(seen.reads).toBeLessThanOrEqual(3);
    await reports.return(undefined);
  });
});
