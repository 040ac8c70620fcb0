import { changesOfWeek } from '../core/changes-of-week';
import type { RunContent } from '../core/manifest';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { type DayFile, keys } from '../shared/bucket-layout';
import type { Ledger } from '../shared/run-files';
import { chatMessage } from './output/chat-message';
import { digest } from './output/digest';
import { isDigestDue } from './output/digest-due';
import { type Shown, page } from './output/page';
import { PLACEHOLDERS, type RunOutputs } from './outputs-file';
import type { OwnerCounts } from './owner-counts';
import { type ShownResolution, bySeverity } from './samples';

/** Findings passed to the digest in each list: more than it has room for. */
const DIGEST_FINDINGS = 500;

/** What is told of a run. */
export interface ToldContent extends Shown {
  content: RunContent;
  owners: OwnerCounts;
  ledger: Pick<Ledger, 'settings'>;
  /** That of the bucket. */
  partition: string;
}

/** What a run tells people, but for its manifest. */
export function buildOutputs(bucket: ReportBucket, told: ToldContent): RunOutputs {
  const { content, owners, ledger, partition, ...shown } = told;
  const { date, region } = content;
  const placeOf = (file: DayFile) => {
    const key = keys.day(date, file);
    return { url: bucket.url(key), console: bucket.consoleUrl(key, { partition, region }) };
  };
  const { findings, resolved } = shown.samples;
  const severityOf = new Map(content.checks.map(({ id, severity }) => [id, severity]));
  // A check that is off resolves nothing.
  const severityOfResolved = ({ check }: ShownResolution) => severityOf.get(check) ?? 'low';
  const newFindings = findings.new.take(DIGEST_FINDINGS, bySeverity);
  const week = ledger.settings.digest === 'weekly' ? changesOfWeek(shown.history, date) : undefined;
  const places = {
    page: placeOf('index.html'),
    manifest: PLACEHOLDERS.manifestPlace,
    manifestHash: PLACEHOLDERS.manifestHash,
    changes: placeOf('changes.csv'),
    findings: placeOf('findings.csv'),
  };
  const email = digest({
    manifest: content,
    newFindings,
    resolvedFindings: resolved
      .take(DIGEST_FINDINGS, (item) => bySeverity({ severity: severityOfResolved(item) }))
      .map((item) => ({ ...item, severity: severityOfResolved(item) })),
    owners: content.owners ? owners.worstFirst : [],
    week,
    places,
  });
  return {
    version: 1,
    page: page(content, shown),
    publish: isDigestDue(ledger.settings.digest, content),
    digest: email,
    chat: chatMessage(content, email.subject, newFindings, places, week),
  };
}
