import { type BucketPlace, ReportBucket } from '../../handlers/shared/aws/report-bucket';
import type { BucketProtection } from '../../local/fake-aws/s3/protected-bucket';
import { COLLECTING_ACCOUNT } from '../../tools/support/embedded-execution';
import { MemoryS3 } from './memory-s3';

/** A report bucket in memory, behind a real client of S3. */
export interface ReportStore {
  s3: MemoryS3;
  bucket: ReportBucket;
}

interface ReportStoreProps extends Partial<Pick<BucketPlace, 'prefix' | 'protection'>>, BucketProtection {
  /** Whether the bucket has versions; it has by default. */
  versions?: boolean;
  /** Whether every call has to name the owner of the bucket; it has to by default. */
  requireOwner?: boolean;
}

export function reportStore({
  versions = true,
  prefix = '',
  protection = {},
  requireOwner = true,
  ...bucket
}: ReportStoreProps = {}): ReportStore {
  const s3 = new MemoryS3({ versions, owner: COLLECTING_ACCOUNT, requireOwner, ...bucket });
  const place = { name: s3.name, owner: COLLECTING_ACCOUNT, prefix, protection };
  return { s3, bucket: new ReportBucket(s3.client, place) };
}
