import { S3Client } from '@aws-sdk/client-s3';
import { connections } from './connections';
import { type RunSummary, SummariseRunEvent, keys } from './contract';
import { digest, isOccasion } from './digest';
import { log } from './log';
import { publishMetrics } from './metrics';
import { drawPicture } from './organization-picture';
import { page } from './page';
import { ReportBucket } from './report-bucket';
import { runMetrics } from './run-metrics';
import { settings, validated } from './validation';

/** New findings that the digest has room for, and then some. */
const DIGEST_FINDINGS = 500;

export interface Summariser {
  bucket: ReportBucket;
  environment: string;
}

/** Says what the organization looks like: coverage, findings and what changed; in tables, a page and a digest. */
export const summariseRun =
  ({ bucket, environment }: Summariser) =>
  async (input: unknown): Promise<RunSummary> => {
    const event = validated(SummariseRunEvent, input, 'The event of summarise-run');
    const { run } = event;
    const { manifest, samples } = await drawPicture(bucket, environment, event);
    const { date, totals, changes, complete } = manifest;
    await bucket.put(keys.organization(date, 'index.html'), page(manifest, samples, run), {
      ContentType: 'text/html; charset=utf-8',
    });
    // It comes last: a run that has a manifest was summarised to its end.
    await bucket.putJson(keys.manifest(run), manifest);

    log('summarised run', { run, complete, ...totals });
    const { collected, failed, skipped, users, findings } = totals;
    publishMetrics({ Environment: environment }, runMetrics(manifest, new Date()));
    // Without any report nothing is known of findings.
    for (const { id, fail } of collected > 0 ? manifest.checks : []) {
      publishMetrics({ Environment: environment, Check: id }, { Findings: fail });
    }
    return {
      collected,
      failed,
      skipped,
      users,
      findings,
      newFindings: changes?.newFindings ?? null,
      problem: !complete,
      publish: isOccasion(event.digest, manifest),
      digest: digest({
        manifest,
        newFindings: samples.findings.new.take(DIGEST_FINDINGS),
        places: {
          page: bucket.url(keys.organization(date, 'index.html')),
          manifest: bucket.url(keys.manifest(run)),
          changes: bucket.url(keys.organization(date, 'changes.csv')),
        },
      }),
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
    bucket: new ReportBucket(new S3Client({ requestHandler: connections() }), REPORT_BUCKET),
    environment: ENVIRONMENT,
  });
}
