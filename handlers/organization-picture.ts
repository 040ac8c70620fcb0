import pMap from 'p-map';
import { AccountReview } from './account-review';
import { BatchOutcomes, Ledger, type SummariseRunEvent, keys } from './contract';
import { coverage } from './coverage';
import { earlierRun } from './earlier-run';
import { Exemptions } from './exemptions';
import type { Manifest } from './manifest';
import { OrganizationTables } from './organization-tables';
import type { ReportBucket } from './report-bucket';
import { CONCURRENT_READS, withReports } from './reports-of-run';
import type { Samples } from './samples';
import { SNAPSHOT_HEADER } from './snapshot';
import { manifestOf } from './summary';
import { addUp } from './totals';

export interface OrganizationPicture {
  manifest: Manifest;
  samples: Samples;
}

/** Goes through the reports of a run once, and writes the tables on the way. */
export async function drawPicture(
  bucket: ReportBucket,
  environment: string,
  { run, startTime, checks }: SummariseRunEvent,
): Promise<OrganizationPicture> {
  const startedAt = new Date(startTime).toISOString();
  const { content: ledger } = await bucket.getJson(keys.ledger(run), Ledger);
  const { date } = ledger;
  const [stored, batches, earlier] = await Promise.all([
    bucket.sizes(keys.reportsPrefix(date)),
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
    addUp(manifest);
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
    await bucket.list(keys.outcomesPrefix(run)),
    async (key) => (await bucket.getJson(key, BatchOutcomes)).content,
    { concurrency: CONCURRENT_READS },
  );
}
