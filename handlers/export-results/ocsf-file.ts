import { createHash } from 'node:crypto';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys, runOf } from '../shared/bucket-layout';
import { fileOf } from '../shared/file-of';
import { InvalidInput } from '../shared/validation';
import type { RunSummarized } from './events/event-details';
import { exportedChecks } from './ocsf/ocsf-run';
import { ocsfLines } from './ocsf/ocsf-lines';
import type { ExportedRun } from './exported-run';

/**
 * Writes the findings of a run in the format of OCSF, unless they are there: the same run gives the same bytes, in the same version.
 * @throws {@link InvalidInput} if the table of findings, or the file that is there, was changed
 */
export async function writeOcsf(
  bucket: ReportBucket,
  { manifest, recorded }: ExportedRun,
  partition: string,
): Promise<NonNullable<RunSummarized['ocsf']>> {
  const table = fileOf(manifest, 'findings.csv');
  const key = keys.ocsf(runOf(manifest.date, manifest.execution));
  const upload = bucket.upload(key, 'application/jsonl');
  const hash = createHash('sha256');
  let findings = 0;
  try {
    const run = { ...manifest, partition, manifest: recorded, checks: exportedChecks(manifest) };
    for await (const lines of ocsfLines(hashed(bucket.pieces(table.key), hash), run)) {
      findings += lines.split('\n').length - 1;
      await upload.write(lines);
    }
    if (hash.digest('hex') !== table.sha256)
      throw new InvalidInput(`${bucket.url(table.key)} was changed after it was written`);
  } catch (error) {
    await upload.abort();
    throw error;
  }
  const { bytes, sha256, isCreated } = await upload.complete();
  if (!isCreated) await assertSame(bucket, key, sha256);
  return { url: bucket.url(key), sha256, bytes, findings };
}

async function* hashed(pieces: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

/** The file may be there since an earlier try, or since somebody put it there. */
async function assertSame(bucket: ReportBucket, key: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  for await (const piece of bucket.pieces(key)) hash.update(piece);
  if (hash.digest('hex') !== sha256)
    throw new InvalidInput(`${bucket.url(key)} exists already, with another content`);
}
