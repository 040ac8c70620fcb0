import type { Subject } from './subject';

/** Whether the bucket of the environment is somebody else's work, whose settings decide what the functions can do. */
export const hasExistingBucket = ({ environment }: Subject) => environment.bucket.kind === 'existing';

/** Input of the calls about it. */
export const existingBucket = ({ stack: { bucket } }: Subject) => ({
  Bucket: bucket.name,
  ExpectedBucketOwner: bucket.ownerAccountId,
});

/** Whether another account owns the bucket, so that both accounts must allow what is done with it. */
export const isInOtherAccount = ({ stack: { bucket }, caller }: Subject) =>
  bucket.ownerAccountId !== caller.account;
