import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import { type BucketAcl, S3_MANAGED } from '../settings';

/**
 * What a request that creates an object says of its encryption and of its owner. It is said by PutObject, CopyObject and
 * CreateMultipartUpload; parts are protected as their upload says, and S3 refuses these headers on them.
 */
export type ObjectProtection = Pick<PutObjectCommandInput, 'ServerSideEncryption' | 'SSEKMSKeyId' | 'ACL'>;

/**
 * Policies that deny uploads without a header for encryption are common, and the default encryption of a bucket does not
 * satisfy them. Nothing is said about bucket keys, so the setting of the bucket applies
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-bucket-key-object.html).
 */
export const protectionOf = (settings: {
  bucketEncryption: string;
  bucketAcl: BucketAcl;
}): ObjectProtection => ({
  ...encryptionOf(settings.bucketEncryption),
  ...(settings.bucketAcl !== '' && { ACL: settings.bucketAcl }),
});

function encryptionOf(encryption: string): ObjectProtection {
  if (encryption === '') return {};
  return encryption === S3_MANAGED
    ? { ServerSideEncryption: S3_MANAGED }
    : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: encryption };
}
