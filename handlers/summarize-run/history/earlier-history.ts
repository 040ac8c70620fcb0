import { type HistoryRun, MAX_HISTORY_BYTES, readHistory } from '../../core/history';
import type { FileOfRun } from '../../core/manifest';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { sha256Of, textOf } from '../../shared/hash';
import { problemOfFile } from '../recorded-file';

/** The runs of the history that a manifest names, or what is wrong with it: the trend then begins anew, which ends no run. */
export async function earlierHistory(bucket: ReportBucket, file: FileOfRun): Promise<HistoryRun[] | string> {
  try {
    if (file.bytes > MAX_HISTORY_BYTES) return 'it is too large';
    const problem = await problemOfFile(bucket, file);
    if (problem !== undefined) return problem;
    const content = (await bucket.get(file.key)) ?? new Uint8Array();
    // It may have been replaced since.
    if (sha256Of(content) !== file.sha256) return 'it was changed after it was written';
    return readHistory(textOf(content)) ?? 'this version cannot read it';
  } catch (error) {
    return `it cannot be read: ${String(error)}`;
  }
}
