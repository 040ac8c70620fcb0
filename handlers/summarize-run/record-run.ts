import pMap from 'p-map';
import type { Place } from '../core/build-manifest';
import { MANIFEST_VERSION } from '../core/manifest';
import { reconcile } from '../core/reconcile';
import type { ReportBucket, VersionedFile } from '../shared/aws/report-bucket';
import { prefixes, runOf } from '../shared/bucket-layout';
import { BatchOutcomes, type Ledger } from '../shared/run-files';
import { buildOutputs } from './build-outputs';
import { checksums } from './checksums';
import { CONCURRENT_READS } from './concurrency';
import { EarlierRuns } from './history/earlier-runs';
import { KeptReports } from './history/kept-reports';
import type { ManifestChain, RecordedManifest } from './history/manifest-chain';
import { OtherRuns } from './history/other-runs';
import { ReportEvidence } from './report-evidence';
import { reviewReports } from './review-reports';
import { WrittenFiles } from './written-files';

export interface RecordProps {
  bucket: ReportBucket;
  place: Place;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  chain: ManifestChain;
}

/** Reviews the reports of a run, writes its files, and adds its manifest to the chain: after that the run is evidence. */
export async function recordRun(
  { bucket, place, partition, chain }: RecordProps,
  stored: VersionedFile<Ledger> & { key: string },
): Promise<RecordedManifest> {
  const { content: ledger } = stored;
  const { date, execution } = ledger;
  const run = runOf(date, execution);
  const [listed, outcomes, earlier] = await Promise.all([
    bucket.objects(prefixes.reports(date)),
    readOutcomes(bucket, run),
    EarlierRuns.read(bucket, chain, place.environment),
  ]);
  const batches = outcomes.map(({ content }) => content);
  const accounts = reconcile(
    ledger,
    batches.flatMap(({ outcomes }) => outcomes),
  );
  const before = await earlier.before(date);
  chain.release();
  const files = new WrittenFiles(bucket, run, {
    productVersion: place.productVersion,
    ledger: stored.sha256,
    outcomes: outcomes.map(({ sha256 }) => sha256),
    reports: listed,
    earlier: [before?.sha256 ?? '', ...earlier.hashesOf(date)],
  });
  const { content, samples } = await reviewReports({
    reader: {
      bucket,
      evidence: new ReportEvidence(bucket, listed, new OtherRuns(bucket, run)),
      kept: new KeptReports(bucket, () => earlier.of(date)),
    },
    files,
    place,
    partition,
    ledger,
    accounts,
    batches,
    earlier: before,
    notes: earlier.notes,
  });
  const outputs = buildOutputs(bucket, content, samples, ledger);
  await files.put('outputs.json', JSON.stringify(outputs), 'application/json');
  const read = [stored, ...outcomes].map(({ key, bytes, sha256 }) => ({ key, bytes, sha256 }));
  await files.put('SHA256SUMS', checksums([...read, ...files.written], content.accounts), 'text/plain');
  return chain.append((position) => ({
    version: MANIFEST_VERSION,
    ...position,
    ...content,
    files: [...read, ...files.written],
  }));
}

/** The outcomes of every batch, in the order of the batches. */
async function readOutcomes(
  bucket: ReportBucket,
  run: string,
): Promise<(VersionedFile<BatchOutcomes> & { key: string })[]> {
  return pMap(
    await bucket.list(prefixes.outcomes(run)),
    async (key) => ({ key, ...(await bucket.getJson(key, BatchOutcomes)) }),
    { concurrency: CONCURRENT_READS },
  );
}
