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

  it('have every pack read once, however the accounts of the batches alternate', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => accountId(index));
    const outcomes = [0, 1, 2].map((batch) =>
      batchOf(batch, ...ids.filter((_, index) => index % 3 === batch)),
    );
    for (const { batch, outcomes: packed } of outcomes)
      await bucket.put(
        keys.reportPack(run, batch, 4),
        packed.map(({ account }) => `${JSON.stringify({ account, report: REPORT })}\n`).join(''),
      );
    const get = jest.spyOn(bucket, 'get');
    const pieces = jest.spyOn(bucket, 'pieces');
    await expect(idsOf(read(bucket, ids, outcomes))).resolves.toEqual(ids);
    expect(get).not.toHaveBeenCalled();
    expect(pieces).toHaveBeenCalledTimes(3);
  });

  it('have no pack read if there are more than there can be', async () => {
    const ids = [1, 2].map(accountId);
    const print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    const pack = { bytes: 1024 * 1024, etag: '', modifiedAt: 0 };
    const many = Array.from({ length: 513 }, (_, waited) => [keys.reportPack(run, 1, waited), pack] as const);
    jest.spyOn(bucket, 'objects').mockResolvedValue(new Map(many));
    const lines = jest.spyOn(bucket, 'lines');
    await idsOf(read(bucket, ids, [batchOf(1, ...ids)]));
    expect(lines).not.toHaveBeenCalled();
    expect(print).toHaveBeenCalledWith(expect.stringContaining('there are too many report packs'));
    print.mockRestore();
  });

  it('are read one by one after a line of their pack that is longer than a small report can be', async () => {
    const ids = [1, 2].map(accountId);
    const print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    await bucket.put(keys.reportPack(run, 1, 0), 'x'.repeat(1024 * 1024));
    const pieces = jest.spyOn(bucket, 'pieces');
    await idsOf(read(bucket, ids, [batchOf(1, ...ids)]));
    expect(print).toHaveBeenCalledWith(expect.stringContaining('"error":"RangeError"'));
    expect(pieces).toHaveBeenCalledTimes(1);
    print.mockRestore();
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
});
