import type { HistoryRun } from '../core/history';
import type { RunContent } from '../core/manifest';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys } from '../shared/bucket-layout';
import type { Ledger } from '../shared/run-files';
import { digest, isDigestDue } from './output/digest';
import { page } from './output/page';
import { PLACEHOLDERS, type RunOutputs } from './outputs-file';
import { type Samples, bySeverity } from './samples';

/** New findings passed to the digest: more than it has room for. */
const DIGEST_FINDINGS = 500;

/** What is told of a run. */
export interface ToldContent {
  content: RunContent;
  samples: Samples;
  /** The runs so far, this one included. */
  history: readonly HistoryRun[];
  ledger: Pick<Ledger, 'settings'>;
}

/** What a run tells people, but for its manifest. */
export function buildOutputs(
  bucket: ReportBucket,
  { content, samples, history, ledger: { settings } }: ToldContent,
): RunOutputs {
  const { date } = content;
  return {
    version: 1,
    page: page(content, samples, history),
    publish: isDigestDue(settings.digest, content),
    digest: digest({
      manifest: content,
      newFindings: samples.findings.new.take(DIGEST_FINDINGS, bySeverity),
      places: {
        page: bucket.url(keys.day(date, 'index.html')),
        manifest: PLACEHOLDERS.manifestPlace,
        manifestHash: PLACEHOLDERS.manifestHash,
        changes: bucket.url(keys.day(date, 'changes.csv')),
      },
    }),
  };
}
