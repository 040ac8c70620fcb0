import type { RunContent } from '../core/manifest';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { type DayFile, keys } from '../shared/bucket-layout';
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
  /** That of the bucket. */
  partition: string;
}

/** What a run tells people, but for its manifest. */
export function buildOutputs(
  bucket: ReportBucket,
  { content, ledger: { settings }, partition, ...shown }: ToldContent,
): RunOutputs {
  const { date, region } = content;
  const placeOf = (file: DayFile) => {
    const key = keys.day(date, file);
    return { url: bucket.url(key), console: bucket.consoleUrl(key, { partition, region }) };
  };
  return {
    version: 1,
    page: page(content, shown),
    publish: isDigestDue(settings.digest, content),
    digest: digest({
      manifest: content,
      newFindings: shown.samples.findings.new.take(DIGEST_FINDINGS, bySeverity),
      places: {
        page: placeOf('index.html'),
        manifest: PLACEHOLDERS.manifestPlace,
        manifestHash: PLACEHOLDERS.manifestHash,
        changes: placeOf('changes.csv'),
      },
    }),
  };
}
