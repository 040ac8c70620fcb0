import { S3Client } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { BatchOutcomes, Ledger, type RunSummary, SummariseRunEvent, keys } from './contract';
import { coverage } from './coverage';
import { digest } from './digest';
import { log } from './log';
import { publishMetrics } from './metrics';
import { ReportBucket } from './report-bucket';
import { runMetrics } from './run-metrics';
import { settings, validated } from './validation';

/** Files of outcomes that are read at the same time. */
const CONCURRENT_READS = 20;

export interface Summariser {
  bucket: ReportBucket;
  environment: string;
}

/** Holds the ledger against the outcomes and writes the manifest: every account is collected, failed or skipped. */
export const summariseRun =
  ({ bucket, environment }: Summariser) =>
  async (event: unknown): Promise<RunSummary> => {
    const { run } = validated(SummariseRunEvent, event, 'The event of summarise-run');
    const { content: ledger } = await bucket.getJson(keys.ledger(run), Ledger);
    const files = await pMap(
      await bucket.list(keys.outcomesPrefix(run)),
      async (key) => (await bucket.getJson(key, BatchOutcomes)).content,
      { concurrency: CONCURRENT_READS },
    );
    const manifest = coverage(
      ledger,
      files.flatMap(({ outcomes }) => outcomes),
    );
    await bucket.putJson(keys.manifest(run), manifest);

    const { collected, failed, skipped } = manifest.totals;
    log('summarised run', { run, ...manifest.totals });
    publishMetrics({ Environment: environment }, runMetrics(manifest, new Date()));
    return {
      collected,
      failed,
      skipped,
      problem: failed > 0 || collected === 0,
      digest: digest(manifest, environment, bucket.url(keys.manifest(run))),
    };
  };

let summarise: ReturnType<typeof summariseRun> | undefined;

/** Entry of the Lambda function; clients are made at the first event and kept. */
export const handler = async (event: unknown): Promise<RunSummary> => {
  summarise ??= fromEnvironment();
  return summarise(event);
};

function fromEnvironment(): ReturnType<typeof summariseRun> {
  const { REPORT_BUCKET, ENVIRONMENT } = settings('REPORT_BUCKET', 'ENVIRONMENT');
  return summariseRun({
    bucket: new ReportBucket(new S3Client({}), REPORT_BUCKET),
    environment: ENVIRONMENT,
  });
}
