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

/** What page and digest show besides the manifest. */
interface Shown {
  samples: Samples;
  /** See `data-packer.ts`. */
  data: string;
}

/** What a run tells people, but for its manifest. */
export function buildOutputs(
  bucket: ReportBucket,
  content: RunContent,
  { samples, data }: Shown,
  { settings }: Ledger,
): RunOutputs {
  const { date } = content;
  return {
    version: 1,
    page: page(content, samples, data),
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
