import type { RunContent } from '../core/manifest';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys } from '../shared/bucket-layout';
import type { Ledger } from '../shared/run-files';
import { digest, isDigestDue } from './output/digest';
import { type Shown, page } from './output/page';
import { PLACEHOLDERS, type RunOutputs } from './outputs-file';
import { bySeverity } from './samples';

/** New findings passed to the digest: more than it has room for. */
const DIGEST_FINDINGS = 500;

/** What is told of a run. */
export interface ToldContent extends Shown {
  content: RunContent;
  ledger: Pick<Ledger, 'settings'>;
}

/** What a run tells people, but for its manifest. */
export function buildOutputs(
  bucket: ReportBucket,
  { content, ledger: { settings }, ...shown }: ToldContent,
): RunOutputs {
  const { date } = content;
  return {
    version: 1,
    page: page(content, shown),
    publish: isDigestDue(settings.digest, content),
    digest: digest({
      manifest: content,
      newFindings: shown.samples.findings.new.take(DIGEST_FINDINGS, bySeverity),
      places: {
        page: bucket.url(keys.day(date, 'index.html')),
        manifest: PLACEHOLDERS.manifestPlace,
        manifestHash: PLACEHOLDERS.manifestHash,
        changes: bucket.url(keys.day(date, 'changes.csv')),
      },
    }),
  };
}
