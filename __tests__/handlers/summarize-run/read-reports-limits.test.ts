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
import { StoredReviews, pieceFor, reviewFiles, usable } from '../../../handlers/summarize-run/stored-reviews';
import type { ReportReview } from '../../../handlers/report-review/report-review';
import { reviewLine } from '../../../handlers/report-review/review-line';
import { reviewerOf } from '../../../handlers/report-review/reviewer';
import { defaultSettings } from '../../../tools/support/embedded-execution';
import { allOf } from '../../support/all-of';
import { reportStore } from '../../support/report-store';
import { DATE, accountId } from '../../support/stored-run';

const run = runOf(DATE, 'run-1');
const REPORT = 'a report';
const startedAt = `${DATE}T08:00:00.000Z`;
const { checks } = defaultSettings;
const reviewer = reviewerOf({ startedAt, checks, serviceCredentials: false }, 'aws');
/** The line of an account whose review says nothing. */
const lineOf = (account: string) =>
  reviewLine({ account, report: sha256Of(REPORT), basis: reviewer.basis }, {
    rows: [],
    checks: [],
  } as unknown as ReportReview);
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
    review: sha256Of(lineOf(account)),
  }) as const;
const batchOf = (batch: number, ...accounts: string[]): BatchOutcomes => ({
  batch,
  outcomes: accounts.map(collected),
});
/** The accounts of a ledger with these batches. */
const ledgerOf = (batches: readonly BatchOutcomes[]) =>
  batches.flatMap(({ batch, outcomes }) => outcomes.map(({ account: id }) => ({ id, batch })));
/** The reports of accounts that are in the bucket. */
async function* read(bucket: ReportBucket, ids: string[], batches: BatchOutcomes[]) {
  const accounts = ids.map((id): ReconciledAccount => ({ id, name: id, ...collected(id) }));
  const object = { bytes: REPORT.length, etag: '', modifiedAt: 0 };
  const listed = new Map(ids.map((id) => [keys.report(DATE, id), object]));
  const reader = {
    evidence: new CollectedEvidence(REPORTS, bucket, listed, new OtherRuns(bucket, run)),
    lists: undefined,
    kept: new KeptReports(bucket, () => none()),
  };
  const { basis } = reviewer;
  yield* readReports(
    reader,
    accounts,
    new StoredReviews({ files: await reviewFiles(bucket, run), accounts: ledgerOf(batches), basis }),
  );
}
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

  it('keep their order when the batches of the accounts alternate', async () => {
    const ids = [1, 2, 3, 4, 5, 6].map(accountId);
    const [a, b, c, d, e, f] = ids as [string, string, string, string, string, string];
    const outcomes = [batchOf(1, a, f), batchOf(2, b, d), batchOf(3, c, e)];
    await expect(idsOf(read(bucket, ids, outcomes))).resolves.toEqual(ids);
  });

  it('have every file of reviews read once, however the accounts of the batches alternate', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => accountId(index));
    const outcomes = [0, 1, 2].map((batch) =>
      batchOf(batch, ...ids.filter((_, index) => index % 3 === batch)),
    );
    for (const { batch, outcomes: reviewed } of outcomes)
      await bucket.put(
        keys.reviews(run, batch, 4),
        reviewed.map(({ account }) => `${lineOf(account)}\n`).join(''),
      );
    const get = jest.spyOn(bucket, 'get');
    const pieces = jest.spyOn(bucket, 'pieces');
    await expect(idsOf(read(bucket, ids, outcomes))).resolves.toEqual(ids);
    expect(get).not.toHaveBeenCalled();
    expect(pieces).toHaveBeenCalledTimes(3);
  });

  it('have as many files of reviews read as fit, but for those that are too large', () => {
    const bytesOf = (count: number, bytes: number) => Array.from({ length: count }, () => ({ bytes }));
    const MIB = 1024 * 1024;
    expect(usable(bytesOf(2_000, 100_000)).files).toHaveLength(1_536);
    expect(usable(bytesOf(20_000, 10)).files).toHaveLength(6_144);
    expect(usable(bytesOf(100, 16 * MIB)).files).toHaveLength(64);
    expect(usable([...bytesOf(1, 16 * MIB + 1), ...bytesOf(2, 16 * MIB)]).files).toHaveLength(2);
  });

  it.each([
    ['the most files that fit', 1_536, 683],
    ['many large files', 300, 3_400],
    ['few of the largest', 64, 16 * 1024],
  ])('are read with a bounded number of requests: %s', (_what, count, kib) => {
    const { files, piece } = usable(Array.from({ length: count }, () => ({ bytes: kib * 1024 })));
    const requests = files.reduce((sum, { bytes }) => sum + Math.ceil(bytes / piece), 0);
    expect(files.length).toBeGreaterThan(0);
    expect(requests).toBeLessThanOrEqual(32_768);
  });

  it.each([
    [0, 512],
    [48, 512],
    [49, 256],
    [96, 256],
    [97, 128],
    [1_536, 16],
  ])('have the reviews of %d large files read in pieces of %d KiB', (files, kib) => {
    const bytes = Array.from({ length: files }, () => 8 * 1024 * 1024);
    expect(pieceFor(bytes)).toBe(kib * 1024);
  });

  it('have any number of small files of reviews read at once', () => {
    expect(pieceFor(Array.from({ length: 5000 }, () => 6 * 1024))).toBe(512 * 1024);
  });

  it('are read 16 at a time, and no more than 24 ahead of the one that is used', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => accountId(index));
    const { seen, hold, releaseAll } = holdReads();
    jest.spyOn(bucket, 'get').mockImplementation(async () => {
      await hold();
      return Buffer.from(REPORT);
    });
    const print = jest.spyOn(console, 'log').mockReturnValue(undefined);
    const reports = read(bucket, ids, [batchOf(1, ...ids)]);
    const first = reports.next();
    await releaseAll();
    await first;
    await releaseAll();
    expect(seen.most).toBe(16);
    expect(seen.reads).toBeLessThanOrEqual(1 + 24);
    expect(seen.reads).toBeGreaterThan(16);
    await reports.return(undefined);
    print.mockRestore();
  });
});
