import { createHash } from 'node:crypto';
import type { FileOfRun } from '../../core/manifest';
import { snapshotProblems } from '../../core/snapshot-header';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { EarlierSnapshot } from './earlier-snapshot';

const CHANGED = 'it was changed after it was written';

/**
 * The snapshot that a manifest names, or what is wrong with it. Its hash is compared before it is used: what has the
 * hash is what an earlier run wrote, so reading it line by line cannot fail halfway.
 */
export async function storedSnapshot(
  bucket: ReportBucket,
  { key, bytes, sha256 }: FileOfRun,
  environment: string,
): Promise<EarlierSnapshot | string> {
  try {
    const listed = (await bucket.objects(key)).get(key);
    if (!listed) return 'it is gone';
    if (listed.bytes !== bytes) return CHANGED;
    const hash = createHash('sha256');
    for await (const piece of bucket.pieces(key)) hash.update(piece);
    if (hash.digest('hex') !== sha256) return CHANGED;
    const opened = await EarlierSnapshot.open(bucket.lines(key), environment);
    return typeof opened === 'string' ? `it ${snapshotProblems[opened]}` : opened;
  } catch (error) {
    return `it cannot be read: ${String(error)}`;
  }
}
