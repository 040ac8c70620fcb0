import type { FileOfRun } from '../../core/manifest';
import { snapshotProblems } from '../../core/snapshot-header';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { problemOfFile } from '../recorded-file';
import { EarlierSnapshot } from './earlier-snapshot';

/**
 * The snapshot that a manifest names, or what is wrong with it. Its hash is compared before it is used: what has the
 * hash is what an earlier run wrote, so reading it line by line cannot fail halfway.
 */
export async function storedSnapshot(
  bucket: ReportBucket,
  file: FileOfRun,
  environment: string,
): Promise<EarlierSnapshot | string> {
  try {
    const problem = await problemOfFile(bucket, file);
    if (problem !== undefined) return problem;
    const opened = await EarlierSnapshot.open(bucket.lines(file.key), environment);
    return typeof opened === 'string' ? `it ${snapshotProblems[opened]}` : opened;
  } catch (error) {
    return `it cannot be read: ${String(error)}`;
  }
}
