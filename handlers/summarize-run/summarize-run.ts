import { S3Client } from '@aws-sdk/client-s3';
import { connections } from '../shared/aws/http-handler';
import { keys } from '../shared/bucket-layout';
import { type RunSummary, SummarizeRunEvent } from '../shared/events';
import { digest, isOccasion } from './output/digest';
import { log } from '../shared/log';
import { publishMetrics } from './output/embedded-metrics';
import { reviewRun } from './review-run';
import { page } from './output/page';
import { ReportBucket } from '../shared/aws/report-bucket';
import { runMetrics } from './output/run-metrics';
import { settings, validated } from '../shared/validation';

/** New findings that the digest has room for, and then some. */
const DIGEST_FINDINGS = 500;

export interface Summarizer {
  bucket: ReportBucket;
  environment: string;
}

/** Says what the organization looks like: coverage, findings and what changed; in tables, a page and a digest. */
export const summarizeRun =
  ({ bucket, environment }: Summarizer) =>
  async (input: unknown): Promise<RunSummary> => {
    const event = validated(SummarizeRunEvent, input, 'The event of summarize-run');
    const { run } = event;
    const { manifest, samples } = await reviewRun(bucket, environment, event);
    const { date, totals, changes, complete } = manifest;
    await bucket.put(keys.organization(date, 'index.html'), page(manifest, samples, run), {
      ContentType: 'text/html; charset=utf-8',
    });
    // It comes last: a run that has a manifest was summarized to its end.
    await bucket.putJson(keys.manifest(run), manifest);

    log('summarized run', { run, complete, ...totals });
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

let summarize: ReturnType<typeof summarizeRun> | undefined;

/** Entry of the Lambda function; clients are made at the first event and kept. */
export const handler = async (event: unknown): Promise<RunSummary> => {
  summarize ??= fromEnvironment();
  return summarize(event);
};

function fromEnvironment(): ReturnType<typeof summarizeRun> {
  const { REPORT_BUCKET, ENVIRONMENT } = settings('REPORT_BUCKET', 'ENVIRONMENT');
  return summarizeRun({
    bucket: new ReportBucket(new S3Client({ requestHandler: connections() }), REPORT_BUCKET),
    environment: ENVIRONMENT,
  });
}
