import type { FileOfRun } from '../../core/manifest';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { keys, runOf } from '../../shared/bucket-layout';
import type { RunSummary } from '../../shared/events';
import { sha256Of } from '../../shared/hash';
import type { ManifestChain, RecordedManifest } from '../history/manifest-chain';
import { type RunOutputs, withManifest } from '../outputs-file';
import { dayPage, folderOf, publishDay, storedOutputs } from './day';
import { signFile } from './sign';
import type { Signer } from './signer';
import type { RunView } from './view';

const HTML = 'text/html; charset=utf-8';

export interface PublishProps {
  bucket: ReportBucket;
  chain: ManifestChain;
  signer: Signer | undefined;
}

/**
 * Tells a run that has its manifest: signatures, page, the view of the day, digest. It can be repeated: everything comes
 * from the manifest and from the files that it names.
 */
export async function publish(
  { bucket, chain, signer }: PublishProps,
  recorded: RecordedManifest,
): Promise<RunSummary> {
  const { key, sha256, manifest } = recorded;
  const outputs = await storedOutputs(bucket, manifest);
  const manifestProblem = await signFile(bucket, recorded, signer);
  await publishDay(bucket, chain, manifest.date, { recorded, outputs });
  const viewProblem = await publishPage({ bucket, chain, signer }, recorded, outputs);
  const unsigned =
    manifestProblem === undefined
      ? viewProblem && `THE VIEW IS NOT SIGNED: ${viewProblem}`
      : `THE MANIFEST IS NOT SIGNED: ${manifestProblem}`;

  const { totals, changes, complete } = manifest;
  const { collected, failed, skipped, users, findings } = totals;
  const due = outputs.publish || unsigned !== undefined;
  return {
    collected,
    failed,
    skipped,
    users,
    findings,
    newFindings: changes?.newFindings ?? null,
    complete,
    publish: due,
    manifest: { key, sha256 },
    ...(due && { digest: digestOf(outputs, recorded, bucket.url(key), unsigned) }),
  };
}

/**
 * The page of the run, and the file that names it: with that, the run is finished.
 * @returns why that file could not be signed; undefined if it is signed
 */
async function publishPage(
  { bucket, signer }: PublishProps,
  recorded: RecordedManifest,
  outputs: RunOutputs,
): Promise<string | undefined> {
  const { key, sha256, manifest } = recorded;
  const folder = folderOf(manifest);
  const page = withManifest(outputs.page, recorded, { folder, place: bucket.url(key) });
  const pageKey = `${folder}index.html`;
  await bucket.put(pageKey, page, { ContentType: HTML });

  const view: RunView = {
    version: 1,
    manifest: { key, sha256 },
    page: described(pageKey, page),
    dayPage: described(keys.day(manifest.date, 'index.html'), dayPage(bucket, recorded, outputs)),
  };
  const text = JSON.stringify(view);
  const viewKey = keys.view(runOf(manifest.date, manifest.execution));
  const problem = await signFile(bucket, { key: viewKey, sha256: sha256Of(text) }, signer);
  await bucket.create(viewKey, text, { ContentType: 'application/json' });
  return problem;
}

const described = (key: string, content: string): FileOfRun => ({
  key,
  bytes: Buffer.byteLength(content),
  sha256: sha256Of(content),
});

function digestOf(
  { digest }: RunOutputs,
  recorded: RecordedManifest,
  place: string,
  unsigned: string | undefined,
): RunSummary['digest'] {
  const message = withManifest(digest.message, recorded, { place });
  if (unsigned === undefined) return { ...digest, message };
  return { ...digest, message: `${unsigned}\n\n${message}` };
}
