import { type BucketPlace, ReportBucket } from '../../handlers/shared/aws/report-bucket';
import { COLLECTING_ACCOUNT } from '../../tools/support/embedded-execution';
import { MemoryS3 } from './memory-s3';

/** A report bucket in memory, behind a real client of S3. */
export interface ReportStore {
  s3: MemoryS3;
  bucket: ReportBucket;
}

/** @param versions - whether the bucket has versions; it has by default */
export function reportStore({
  versions = true,
  prefix = '',
}: { versions?: boolean } & Partial<Pick<BucketPlace, 'prefix'>> = {}): ReportStore {
  const s3 = new MemoryS3({ versions, owner: COLLECTING_ACCOUNT });
  const place = { name: s3.name, owner: COLLECTING_ACCOUNT, prefix };
  return { s3, bucket: new ReportBucket(s3.client, place) };
}
