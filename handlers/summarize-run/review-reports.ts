import { assertConsistent } from '../core/assert-consistent';
import { type Place, buildManifest } from '../core/build-manifest';
import type { Exemptions } from '../core/exemptions';
import { type HistoryRun, historyLines, historyWith } from '../core/history';
import type { RunContent } from '../core/manifest';
import type { ReconciledAccount } from '../core/reconcile';
import { snapshotHeader } from '../core/snapshot-header';
import { type Ledger, reviewSettingsOf } from '../shared/run-files';
import { together } from '../shared/together';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { AccountReview } from './account-review';
import { buildOutputs } from './build-outputs';
import { Comparison } from './comparison';
import type { EarlierRun } from './history/earlier-runs';
import { OrganizationTables } from './output/tables';
import { type ReportReader, readReports } from './read-reports';
import { reviewerOf } from '../report-review/reviewer';
import { type ReviewFile, StoredReviews } from './stored-reviews';
import type { WrittenFiles } from './written-files';

export interface ReviewProps {
  bucket: ReportBucket;
  reader: ReportReader;
  files: WrittenFiles;
  place: Place;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  ledger: Ledger;
  exemptions: Exemptions;
  accounts: readonly ReconciledAccount[];
  reviews: readonly ReviewFile[];
  /** The run that changes are told against, if there is one. */
  earlier: EarlierRun | undefined;
  /** The runs before this one. */
  history: readonly HistoryRun[];
  /** What could not be compared so far, and why. */
  notes: readonly string[];
}

/** Goes through the reports of a run once, writing the tables and the snapshot as it goes, and then what the run tells people. */
export async function reviewReports(props: ReviewProps): Promise<RunContent> {
  const { bucket, reader, files, place, partition, ledger, exemptions, earlier } = props;
  const { startedAt, settings } = ledger;
  const reviewer = reviewerOf(reviewSettingsOf(ledger), partition);
  const { ruleSet, basis } = reviewer;
  const { rules } = ruleSet;
  const tables = new OrganizationTables(files, {
    startedAt,
    ruleSet,
    serviceCredentials: settings.serviceCredentials,
  });
  const snapshot = files.upload('snapshot.jsonl', 'application/jsonl');
  const comparison = earlier && new Comparison(earlier, rules);
  const review = new AccountReview({
    ledger,
    reviewer,
    exemptions,
    comparison,
    tables,
    snapshot,
    kept: reader.kept,
  });
  try {
    await tables.begin();
    await snapshot.write(snapshotHeader(place.environment, rules));
    const reviews = new StoredReviews({ files: props.reviews, accounts: ledger.accounts, basis });
    for await (const found of readReports(reader, props.accounts, reviews)) await review.add(found);
    await review.end(place.organizationId);
    const content = buildManifest({
      place,
      ledger,
      accounts: review.accounts,
      principalsWithFindings: review.principalsWithFindings,
      organizationFindings: review.organizationFindings,
      ruleSet,
      frameworks: review.controls.totals,
      keyAges: review.keyAges.totals,
      checkCounts: review.evaluation.counts,
      unknownColumns: review.unknownColumns,
      exemptions,
      earlier: earlier?.manifest,
      changeCounts: comparison?.counts,
      notes: [...props.notes, ...(comparison?.notes() ?? [])],
    });
    assertConsistent(content, ruleSet);
    const history = historyWith(props.history, content);
    const console = bucket.consoleUrl('', { partition, region: content.region });
    const data = review.packer.packed(content, console);
    const outputs = buildOutputs(bucket, {
      content,
      samples: review.samples,
      owners: review.owners,
      history,
      data,
      ledger,
      partition,
    });
    await together([
      tables.complete(content.changes, review.controls),
      snapshot.complete(),
      files.put('history.jsonl', historyLines(history), 'application/jsonl'),
      files.put('outputs.json', JSON.stringify(outputs), 'application/json'),
    ]);
    return content;
  } catch (error) {
    await Promise.allSettled([tables.abort(), snapshot.abort()]);
    throw error;
  }
}
