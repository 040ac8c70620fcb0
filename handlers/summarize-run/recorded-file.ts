import { createHash } from 'node:crypto';
import type { FileOfRun } from '../core/manifest';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { free } from '../shared/free';

/** One file is read at a time, and hashing a piece takes much less than getting it: large pieces are few. */
const PIECE_BYTES = 8 * 1024 * 1024;

const CHANGED = 'it was changed after it was written';

/** What is wrong with a file of a run in the bucket; undefined if it has the size and the hash that were recorded. */
export async function problemOfFile(
  bucket: ReportBucket,
  { key, bytes, sha256 }: FileOfRun,
): Promise<string | undefined> {
  const listed = await bucket.find(key);
  if (!listed) return 'it is gone';
  if (listed.bytes !== bytes) return CHANGED;
  const hash = createHash('sha256');
  // Nothing can be read of an empty object.
  if (bytes > 0)
    for await (const piece of bucket.pieces(key, PIECE_BYTES)) {
      hash.update(piece);
      free(piece);
    }
  return hash.digest('hex') === sha256 ? undefined : CHANGED;
}
