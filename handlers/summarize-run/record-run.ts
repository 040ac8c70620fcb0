import type { Place } from '../core/build-manifest';
import { MANIFEST_VERSION, type Manifest, type RecentRun } from '../core/manifest';
import { assertSameManifest } from '../core/same-manifest';
import { outcomesThatCount } from '../core/reconcile';
import { isRace } from '../shared/aws/conflict';
import type { ReportBucket, VersionedFile } from '../shared/aws/report-bucket';
import { keys, prefixes, runOf } from '../shared/bucket-layout';
import { log } from '../shared/log';
import type { Ledger } from '../shared/run-files';
import { together } from '../shared/together';
import { InvalidInput } from '../shared/validation';
import { checksums } from './checksums';
import { collectedObjects } from './collected-objects';
import { EarlierRuns } from './history/earlier-runs';
import { KeptReports } from './history/kept-reports';
import type { ChainPlace, ManifestChain, RecordedManifest } from './history/manifest-chain';
import { ManifestVerdicts } from './manifest-verdicts';
import { OtherRuns } from './history/other-runs';
import { readExemptions } from './read-exemptions';
import { ServiceCredentialReader } from './read-service-credentials';
import { CollectedEvidence, REPORT, SERVICE_CREDENTIALS } from './report-evidence';
import { readAccounts } from './read-accounts';
import { reviewReports } from './review-reports';
import { reviewFiles } from './stored-reviews';
import { OtherContent, WrittenFiles } from './written-files';

export interface RecordProps {
  bucket: ReportBucket;
  place: Place;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  chain: ManifestChain;
}

type StoredLedger = VersionedFile<Ledger> & { key: string };

/** Another run has ended, so that the manifests before this one give something else than the review found. */
class AnotherRunEnded extends Error {
  override readonly name = 'AnotherRunEnded';
}

/** Another summary of the same run has recorded it: the next review compares itself with that. */
class RecordedMeanwhile extends Error {
  override readonly name = 'RecordedMeanwhile';
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
      const isRepeated =
        [AnotherRunEnded, RecordedMeanwhile, OtherContent].some((kind) => error instanceof kind) ||
        isRace(error);
      if (!isRepeated || attempt + 1 === MAX_REVIEWS) throw error;
      log('reviewing again', { ledger: stored.key, error: String(error) });
    }
  }
}

async function reviewAndRecord(
  props: RecordProps,
  stored: StoredLedger,
  attempt: number,
): Promise<RecordedManifest> {
  const { bucket, place, partition, chain } = props;
  const { content: ledger } = stored;
  const { date, execution } = ledger;
  const run = runOf(date, execution);
  const counts = outcomesThatCount(ledger);
  const [
    { existing, earlier },
    objects,
    { accounts, files: outcomes },
    reviews,
    { exemptions, files: exemptionFiles },
  ] = await Promise.all([
    manifestsOf(props, ledger),
    collectedObjects(bucket, ledger),
    readAccounts(bucket, ledger, counts),
    reviewFiles(bucket, run),
    readExemptions(bucket, ledger),
  ]);
  // One after the other: both add to the notes, which are the same in the same order if the run is summarized again.
  const compared = await earlier.before(date);
  const history = await earlier.history();
  chain.release();
  const sources = {
    attempt,
    productVersion: place.productVersion,
    ledger: stored.sha256,
    outcomes: outcomes.map(({ sha256 }) => sha256),
    collected: [...objects.reports, ...(objects.lists ?? [])],
    earlier: [compared?.sha256 ?? '', earlier.newestHash, ...earlier.hashesOf(date)],
  };
  const files = new WrittenFiles(bucket, run, sources, existing !== undefined);
  const otherRuns = new OtherRuns(bucket, run, counts);
  const verdicts = new ManifestVerdicts(existing?.manifest);
  const { reports, lists } = objects;
  const content = await reviewReports({
    bucket,
    reader: {
      evidence: new CollectedEvidence(REPORT, bucket, reports, otherRuns, verdicts.ofReport),
      lists:
        lists &&
        new ServiceCredentialReader(
          new CollectedEvidence(SERVICE_CREDENTIALS, bucket, lists, otherRuns, verdicts.ofList),
        ),
      kept: new KeptReports(bucket, () => earlier.of(date)),
    },
    files,
    place,
    partition,
    ledger,
    exemptions,
    accounts,
    reviews,
    earlier: compared,
    history,
    notes: earlier.notes,
  });
  const read = [stored, ...exemptionFiles, ...outcomes].map(({ key, bytes, sha256 }) => ({
    key,
    bytes,
    sha256,
  }));
  const sums = checksums([...read, ...files.written], content.accounts);
  const [, newest] = await together([
    files.put('SHA256SUMS', sums, 'text/plain'),
    existing ? undefined : chain.newest(),
  ]);
  const manifestAt = (position: ChainPlace): Manifest => ({
    version: MANIFEST_VERSION,
    ...position,
    ...content,
    files: [...read, ...files.written],
  });
  const addedAt = (position: ChainPlace): Manifest => {
    const isOther = (other: RecentRun) => runOf(other.date, other.execution) !== run;
    // It belongs into the history, and changes may be told against it.
    if (position.recent.some((other) => isOther(other) && !earlier.knows(other)))
      throw new AnotherRunEnded('another run has ended meanwhile');
    return manifestAt(position);
  };
  if (existing) {
    const again = manifestAt(await chain.placeOf(existing.manifest.number));
    assertSameManifest(existing, again, bucket.url(existing.key));
    return existing;
  }
  const recorded = await chain.append(addedAt, newest);
  if (!chain.hasAdded(recorded)) throw new RecordedMeanwhile('another summary of the run has recorded it');
  return recorded;
}

/**
 * The manifest that the run has already, if there is one, and the runs before it.
 * @throws {@link InvalidInput} if the run is finished and its manifest is too old to be found
 */
async function manifestsOf(
  { bucket, place, chain }: RecordProps,
  { date, execution }: Ledger,
): Promise<{ existing: RecordedManifest | undefined; earlier: EarlierRuns }> {
  const run = runOf(date, execution);
  const before = await bucket.list(prefixes.filesOfRun(run));
  // A try that came this far may have added the manifest, long ago if the run was redriven.
  const hasTried = before.some((key) => key.endsWith('/SHA256SUMS'));
  const existing = await chain.find({ date, execution }, hasTried);
  if (!existing && before.includes(keys.view(run)))
    throw new InvalidInput(`Run ${run} is finished, and its manifest is not one of the recent ones`);
  const earlier = await EarlierRuns.read(bucket, chain, place.environment, existing?.manifest.number);
  return { existing, earlier };
}
