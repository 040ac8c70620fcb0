import pMap from 'p-map';
import { rulesOf } from '../checks/rules';
import { assertConsistent } from '../core/assert-consistent';
import { buildManifest } from '../core/build-manifest';
import { Exemptions } from '../core/exemptions';
import type { Manifest } from '../core/manifest';
import { reconcile } from '../core/reconcile';
import { snapshotHeader } from '../core/snapshot-header';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys, prefixes } from '../shared/bucket-layout';
import type { SummarizeRunEvent } from '../shared/events';
import { BatchOutcomes, Ledger } from '../shared/run-files';
import { AccountReview } from './account-review';
import { Comparison } from './comparison';
import { earlierRun } from './history/earlier-run';
import { OrganizationTables } from './output/tables';
import { CONCURRENT_READS, readReports } from './read-reports';
import type { Samples } from './samples';

export interface RunReview {
  manifest: Manifest;
  samples: Samples;
}

/** Goes through the reports of a run once, writing the tables and the snapshot as it goes. */
export async function reviewRun(
  bucket: ReportBucket,
  { environment, partition }: { environment: string; partition: string },
  { runPrefix, startTime, checks }: SummarizeRunEvent,
): Promise<RunReview> {
  const startedAt = new Date(startTime).toISOString();
  const { content: ledger } = await bucket.getJson(keys.ledger(runPrefix), Ledger);
  const { date } = ledger;
  const [stored, batches, earlier] = await Promise.all([
    bucket.sizes(prefixes.reports(date)),
    readOutcomes(bucket, runPrefix),
    earlierRun(bucket, environment, date, startedAt),
  ]);
  const accounts = reconcile(
    ledger,
    batches.flatMap(({ outcomes }) => outcomes),
    stored,
  );
  const exemptions = new Exemptions(checks.exemptions, date);

  const tables = new OrganizationTables(bucket, { date, startedAt, thresholds: checks });
  const snapshot = bucket.upload(keys.snapshot(runPrefix), 'application/jsonl');
  const rules = rulesOf(checks);
  const comparison = earlier && new Comparison(earlier, rules);
  const review = new AccountReview({
    startedAt: Date.parse(startedAt),
    checkContext: { thresholds: checks, partition },
    exemptions,
    comparison,
    tables,
    snapshot,
  });
  try {
    await tables.begin();
    await snapshot.write(snapshotHeader(environment, rules));
    for await (const { account, content } of readReports(bucket, { runPrefix, date }, accounts, batches)) {
      await review.add(account, content);
    }
    await review.end();
    const manifest = buildManifest({
      environment,
      ledger,
      startedAt,
      accounts: review.accounts,
      principalsWithFindings: review.principalsWithFindings,
      checkCounts: review.evaluation.counts,
      unknownColumns: review.unknownColumns,
      exemptions,
      thresholds: checks,
      earlier: earlier?.manifest,
      changeCounts: comparison?.counts,
      comparisonNotes: comparison?.notes() ?? [],
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

async function readOutcomes(bucket: ReportBucket, runPrefix: string): Promise<BatchOutcomes[]> {
  return pMap(
    await bucket.list(prefixes.outcomes(runPrefix)),
    async (key) => (await bucket.getJson(key, BatchOutcomes)).content,
    { concurrency: CONCURRENT_READS },
  );
}
