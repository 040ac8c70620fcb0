import pMap from 'p-map';
import { AccountReview } from './account-review';
import { keys, prefixes } from '../shared/bucket-layout';
import type { SummarizeRunEvent } from '../shared/events';
import { BatchOutcomes, Ledger } from '../shared/run-files';
import { coverage } from '../core/reconcile';
import { earlierRun } from './history/earlier-run';
import { Exemptions } from '../core/exemptions';
import type { Manifest } from '../core/manifest';
import { OrganizationTables } from './output/tables';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { CONCURRENT_READS, withReports } from './read-reports';
import type { Samples } from './samples';
import { SNAPSHOT_HEADER } from './history/snapshot';
import { manifestOf } from '../core/build-manifest';
import { assertConsistent } from '../core/assert-consistent';

export interface RunReview {
  manifest: Manifest;
  samples: Samples;
}

/** Goes through the reports of a run once, and writes the tables on the way. */
export async function reviewRun(
  bucket: ReportBucket,
  environment: string,
  { run, startTime, checks }: SummarizeRunEvent,
): Promise<RunReview> {
  const startedAt = new Date(startTime).toISOString();
  const { content: ledger } = await bucket.getJson(keys.ledger(run), Ledger);
  const { date } = ledger;
  const [stored, batches, earlier] = await Promise.all([
    bucket.sizes(prefixes.reports(date)),
    outcomesOf(bucket, run),
    earlierRun(bucket, date, startedAt),
  ]);
  const accounts = coverage(
    ledger,
    batches.flatMap(({ outcomes }) => outcomes),
    stored,
  );
  const exemptions = new Exemptions(checks.exemptions, date);

  const tables = new OrganizationTables(bucket, date);
  const snapshot = bucket.upload(keys.snapshot(run), 'application/jsonl');
  const review = new AccountReview({
    startedAt: Date.parse(startedAt),
    thresholds: checks,
    exemptions,
    earlier: earlier?.snapshot,
    tables,
    snapshot,
  });
  try {
    await tables.begin();
    await snapshot.write(SNAPSHOT_HEADER);
    for await (const { account, content } of withReports(bucket, { run, date }, accounts, batches)) {
      await review.add(account, content);
    }
    const manifest = manifestOf({
      environment,
      ledger,
      startedAt,
      review,
      exemptions,
      thresholds: checks,
      earlier: earlier?.manifest,
    });
    assertConsistent(manifest);
    await tables.complete(manifest.changes);
    await snapshot.complete();
    return { manifest, samples: review.samples };
  } catch (error) {
    await Promise.allSettled([tables.abort(), snapshot.abort()]);
    throw error;
  }
}

async function outcomesOf(bucket: ReportBucket, run: string): Promise<BatchOutcomes[]> {
  return pMap(
    await bucket.list(prefixes.outcomes(run)),
    async (key) => (await bucket.getJson(key, BatchOutcomes)).content,
    { concurrency: CONCURRENT_READS },
  );
}
