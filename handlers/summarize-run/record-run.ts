import pMap from 'p-map';
import type { Place } from '../core/build-manifest';
import { MANIFEST_VERSION, type Manifest, type RecentRun } from '../core/manifest';
import { isSameManifest } from '../core/same-manifest';
import { reconcile } from '../core/reconcile';
import type { ReportBucket, VersionedFile } from '../shared/aws/report-bucket';
import { keys, prefixes, runOf } from '../shared/bucket-layout';
import { log } from '../shared/log';
import { BatchOutcomes, type Ledger } from '../shared/run-files';
import { InvalidInput } from '../shared/validation';
import { buildOutputs } from './build-outputs';
import { checksums } from './checksums';
import { CONCURRENT_READS } from './concurrency';
import { EarlierRuns } from './history/earlier-runs';
import { KeptReports } from './history/kept-reports';
import type { ChainPlace, ManifestChain, RecordedManifest } from './history/manifest-chain';
import { OtherRuns } from './history/other-runs';
import { ReportEvidence } from './report-evidence';
import { reviewReports } from './review-reports';
import { OtherContent, WrittenFiles } from './written-files';

export interface RecordProps {
  bucket: ReportBucket;
  place: Place;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  chain: ManifestChain;
}

type StoredLedger = VersionedFile<Ledger> & { key: string };

/** Another run of the day has ended, so that accounts which fail may have a report that the day must keep. */
class AnotherRunEnded extends Error {
  override readonly name = 'AnotherRunEnded';
}

/** Reviews of a run, if others get in its way. */
const MAX_REVIEWS = 5;

/**
 * Reviews the reports of a run, writes its files, and adds its manifest to the chain: after that the run is evidence.
 *
 * A run that has a manifest, for example because a response was lost, is reviewed again without writing anything, and its
 * manifest counts only if it says the same: somebody who can write manifests could have made it.
 * @throws {@link InvalidInput} if the run has a manifest that says something else
 */
export async function recordRun(props: RecordProps, stored: StoredLedger): Promise<RecordedManifest> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await reviewAndRecord(props, stored, attempt);
    } catch (error) {
      const isRepeated = error instanceof AnotherRunEnded || error instanceof OtherContent;
      if (!isRepeated || attempt + 1 === MAX_REVIEWS) throw error;
      log('reviewing again', { ledger: stored.key, error: String(error) });
    }
  }
}

async function reviewAndRecord(
  { bucket, place, partition, chain }: RecordProps,
  stored: StoredLedger,
  attempt: number,
): Promise<RecordedManifest> {
  const { content: ledger } = stored;
  const { date, execution } = ledger;
  const run = runOf(date, execution);
  // A try that came this far may have added the manifest, long ago if the run was redriven.
  const hasTried = (await bucket.list(prefixes.filesOfRun(run))).some((key) => key.endsWith('/SHA256SUMS'));
  const existing = await chain.find(date, execution, hasTried);
  if (!existing && (await bucket.exists(keys.view(run))))
    throw new InvalidInput(`Run ${run} is finished, and its manifest is not one of the recent ones`);
  const [listed, outcomes, earlier] = await Promise.all([
    bucket.objects(prefixes.reports(date)),
    readOutcomes(bucket, run),
    EarlierRuns.read(bucket, chain, place.environment, existing?.manifest.number),
  ]);
  const batches = outcomes.map(({ content }) => content);
  const accounts = reconcile(
    ledger,
    batches.flatMap(({ outcomes }) => outcomes),
  );
  const before = await earlier.before(date);
  chain.release();
  const known = earlier.hashesOf(date);
  const sources = {
    attempt,
    productVersion: place.productVersion,
    ledger: stored.sha256,
    outcomes: outcomes.map(({ sha256 }) => sha256),
    reports: listed,
    earlier: [before?.sha256 ?? '', ...known],
  };
  const files = new WrittenFiles(bucket, run, sources, existing !== undefined);
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
  const manifestAt = (position: ChainPlace): Manifest => ({
    version: MANIFEST_VERSION,
    ...position,
    ...content,
    files: [...read, ...files.written],
  });
  const isPoorer = content.accounts.some((account) => account.outcome === 'failed' && !account.keptFrom);
  const recorded =
    existing ??
    (await chain.append((position) => {
      const isNew = (other: RecentRun) =>
        other.date === date && other.execution !== execution && !known.includes(other.sha256);
      if (isPoorer && position.recent.some(isNew))
        throw new AnotherRunEnded('another run of the day has ended meanwhile');
      return manifestAt(position);
    }));
  if (existing || !chain.hasAdded(recorded)) {
    const again = manifestAt(await chain.placeOf(recorded.manifest.number));
    if (!isSameManifest(recorded.manifest, again))
      throw new InvalidInput(
        `Run ${run} already has the manifest ${bucket.url(recorded.key)}, which is not what a summary finds now: ` +
          'somebody changed it, or what it is made from',
      );
  }
  return recorded;
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
