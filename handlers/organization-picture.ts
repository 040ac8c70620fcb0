import pMap, { pMapIterable } from 'p-map';
import { AccountReview } from './account-review';
import { BatchOutcomes, Ledger, type Outcome, type SummariseRunEvent, keys } from './contract';
import { type Covered, coverage } from './coverage';
import { earlierRun } from './earlier-run';
import { Exemptions } from './exemptions';
import type { Manifest } from './manifest';
import { OrganizationTables } from './organization-tables';
import type { ReportBucket } from './report-bucket';
import type { Samples } from './samples';
import { SNAPSHOT_HEADER } from './snapshot';
import { manifestOf } from './summary';
import { addUp } from './totals';

/** Objects that are read at the same time. */
const CONCURRENT_READS = 16;
/** Reports that may wait for their turn, 5 MB each at worst: it bounds the memory, whatever the organization. */
const WAITING_REPORTS = 24;

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
  const stored = await bucket.sizes(keys.reportsPrefix(date));
  const accounts = coverage(ledger, await outcomesOf(bucket, run), stored);
  const earlier = await earlierRun(bucket, date, startedAt);
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
    for await (const { account, content } of withReports(bucket, date, accounts)) {
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

async function outcomesOf(bucket: ReportBucket, run: string): Promise<Outcome[]> {
  const files = await pMap(
    await bucket.list(keys.outcomesPrefix(run)),
    async (key) => (await bucket.getJson(key, BatchOutcomes)).content,
    { concurrency: CONCURRENT_READS },
  );
  return files.flatMap(({ outcomes }) => outcomes);
}

/** Every account in its order, with its report where there is one. */
function withReports(bucket: ReportBucket, date: string, accounts: Covered[]) {
  return pMapIterable(
    accounts,
    async (account) => ({
      account,
      content: account.outcome === 'collected' ? await bucket.get(keys.report(date, account.id)) : undefined,
    }),
    { concurrency: CONCURRENT_READS, backpressure: WAITING_REPORTS },
  );
}
