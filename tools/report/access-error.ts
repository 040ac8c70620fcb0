import { reasonOf } from '../verify/findings';
import type { S3Place } from '../verify/s3-store';

const DENIED = ['AccessDenied', 'Forbidden', 'KMS.AccessDeniedException', 'AccessDeniedException'];

/** Says what to do about an error of S3 that concerns the bucket as a whole; any other error stays as it is. */
export function accessError(error: unknown, environment: string, { bucket, prefix }: S3Place): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'NoSuchBucket')
    return new Error(
      `there is no bucket ${bucket}: deploy ${environment}, or sign in to the account of the bucket; a name that nobody ` +
        'chose has the ID of that account',
      { cause: error },
    );
  if (DENIED.includes(error.name))
    return new Error(
      `not allowed to read s3://${bucket}/${prefix}: ${reasonOf(error)}; the output reader_policy has what a reader needs, see ` +
        'docs/reading-the-tables.md',
      { cause: error },
    );
  return error;
}
