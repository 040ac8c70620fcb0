import pMap from 'p-map';
import type { ReportBucket, VersionedFile } from '../shared/aws/report-bucket';
import { prefixes } from '../shared/bucket-layout';
import { BatchOutcomes } from '../shared/run-files';

/** Files that are read at the same time: that of a batch has some hundred KB. */
const CONCURRENT_FILES = 64;

/** The outcomes of every batch, in the order of the batches. */
export async function readOutcomes(
  bucket: ReportBucket,
  run: string,
): Promise<(VersionedFile<BatchOutcomes> & { key: string })[]> {
  return pMap(
    await bucket.list(prefixes.outcomes(run)),
    async (key) => ({ key, ...(await bucket.getJson(key, BatchOutcomes)) }),
    { concurrency: CONCURRENT_FILES },
  );
}
