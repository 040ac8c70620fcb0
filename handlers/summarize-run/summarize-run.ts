import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys } from '../shared/bucket-layout';
import { type RunSummary, SummarizeRunEvent } from '../shared/events';
import { log } from '../shared/log';
import { validated } from '../shared/validation';
import { digest, isDigestDue } from './output/digest';
import { publishMetrics } from './output/embedded-metrics';
import { page } from './output/page';
import { runMetrics } from './output/run-metrics';
import { reviewRun } from './review-run';

/** New findings passed to the digest: more than it has room for. */
const DIGEST_FINDINGS = 500;

export interface SummarizeRunProps {
  bucket: ReportBucket;
  /** Name of the environment. */
  environment: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
}

/** Reports the coverage, findings and changes of a run as manifest, tables, page, digest and metrics. */
export const summarizeRun =
  ({ bucket, environment, partition }: SummarizeRunProps) =>
  async (input: unknown): Promise<RunSummary> => {
    const event = validated(SummarizeRunEvent, input, 'The event of summarize-run');
    const { runPrefix } = event;
    const { manifest, samples } = await reviewRun(bucket, { environment, partition }, event);
    const { date, totals, changes, complete } = manifest;
    await bucket.put(keys.organization(date, 'index.html'), page(manifest, samples, runPrefix), {
      ContentType: 'text/html; charset=utf-8',
    });
    // Written last: a run that has a manifest was summarized completely.
    await bucket.putJson(keys.manifest(runPrefix), manifest);

    log('summarized run', { runPrefix, complete, ...totals });
    const { collected, failed, skipped, users, findings } = totals;
    publishMetrics({ Environment: environment }, runMetrics(manifest, new Date()));
    // Without a report, nothing is known about findings.
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
      complete,
      publish: isDigestDue(event.digest, manifest),
      digest: digest({
        manifest,
        newFindings: samples.findings.new.take(DIGEST_FINDINGS),
        places: {
          page: bucket.url(keys.organization(date, 'index.html')),
          manifest: bucket.url(keys.manifest(runPrefix)),
          changes: bucket.url(keys.organization(date, 'changes.csv')),
        },
      }),
    };
  };
