import type { ReportBucket } from '../../shared/aws/report-bucket';
import { sha256Of } from '../../shared/hash';
import { log } from '../../shared/log';

/**
 * A report by its version, if it still has the hash that a run recorded.
 *
 * S3 answers "access denied" for an object that does not exist, because the function may not list the whole bucket: see
 * {@link ReportBucket.get}. A report that somebody deleted must not end the run.
 */
export async function recordedReport(
  bucket: ReportBucket,
  { key, versionId, sha256 }: { key: string; versionId?: string | undefined; sha256: string },
): Promise<Uint8Array | undefined> {
  try {
    const content = await bucket.get(key, { versionId });
    return content && sha256Of(content) === sha256 ? content : undefined;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AccessDenied') throw error;
    log('could not read a report that a run of the day recorded', { key, versionId, error: String(error) });
    return undefined;
  }
}
