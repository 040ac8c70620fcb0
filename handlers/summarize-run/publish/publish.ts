import type { FileOfRun } from '../../core/manifest';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { keys, runOf } from '../../shared/bucket-layout';
import type { RunSummary } from '../../shared/events';
import { sha256Of } from '../../shared/hash';
import { together } from '../../shared/together';
import type { ManifestChain, RecordedManifest } from '../history/manifest-chain';
import { messageLine } from '../../shared/message-line';
import { type RunOutputs, withManifest } from '../outputs-file';
import { assertFiles, dayPage, folderOf, publishDay, storedOutputs } from './day';
import { messagesOf } from './messages';
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
  const checked = assertFiles(bucket, manifest);
  // Whoever makes the view of the day gets the error.
  checked.catch(() => undefined);
  const outputs = await storedOutputs(bucket, manifest);
  const manifestProblem = await signFile(bucket, recorded, signer);
  const page = pageOfRun(bucket, recorded, outputs);
  const [publishDayAgain] = await together([
    publishDay(bucket, chain, manifest.date, { recorded, outputs, checked }),
    bucket.put(page.key, page.text, { ContentType: HTML }),
  ]);
  const [viewProblem] = await together([
    publishView({ bucket, signer }, recorded, {
      ofRun: page,
      ofDay: { key: keys.day(manifest.date, 'index.html'), text: dayPage(bucket, recorded, outputs) },
    }),
    publishDayAgain(),
  ]);
  const unsigned =
    manifestProblem === undefined
      ? viewProblem && messageLine(`THE VIEW IS NOT SIGNED: ${viewProblem}`)
      : messageLine(`THE MANIFEST IS NOT SIGNED: ${manifestProblem}`);

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
    ...(due && { digest: messagesOf(bucket, outputs, recorded, unsigned) }),
  };
}

/** A page, and its place. */
interface Page {
  key: string;
  text: string;
}

function pageOfRun(bucket: ReportBucket, recorded: RecordedManifest, outputs: RunOutputs): Page {
  const folder = folderOf(recorded.manifest);
  const text = withManifest(outputs.page, recorded, { folder, place: bucket.url(recorded.key) });
  return { key: `${folder}index.html`, text };
}

/**
 * Writes the file that names the pages: with that, the run is finished.
 * @returns why that file could not be signed; undefined if it is signed
 */
async function publishView(
  { bucket, signer }: Pick<PublishProps, 'bucket' | 'signer'>,
  { key, sha256, manifest }: RecordedManifest,
  pages: { ofRun: Page; ofDay: Page },
): Promise<string | undefined> {
  const view: RunView = {
    version: 1,
    manifest: { key, sha256 },
    page: described(pages.ofRun),
    dayPage: described(pages.ofDay),
  };
  const text = JSON.stringify(view);
  const viewKey = keys.view(runOf(manifest.date, manifest.execution));
  const problem = await signFile(bucket, { key: viewKey, sha256: sha256Of(text) }, signer);
  await bucket.create(viewKey, text, { ContentType: 'application/json' });
  return problem;
}

const described = ({ key, text }: Page): FileOfRun => ({
  key,
  bytes: Buffer.byteLength(text),
  sha256: sha256Of(text),
});
