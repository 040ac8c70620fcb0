/** What every bucket of the collection has: no public access, one owner of all objects, default encryption, and TLS. */
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { S3_MANAGED } from '../../handlers/shared/settings';
import type { Statement } from '../policy';
import { type AccessLogging, logAccess } from './access-logging';

interface PrivateBucketProps {
  readonly bucket: string;
  readonly provider: TerraformProvider | undefined;
  /** KMS key of the default encryption; without one, S3 manages the key. */
  readonly keyArn: string | undefined;
  /** Where requests are logged, if they are. */
  readonly accessLogging: AccessLogging | undefined;
}

/** Makes a bucket private, as resources in the scope of the bucket. */
export function makePrivate(
  scope: Construct,
  { bucket, provider, keyArn, accessLogging }: PrivateBucketProps,
): S3BucketPublicAccessBlock {
  if (accessLogging) logAccess(scope, { bucket, provider, accessLogging });
  new S3BucketOwnershipControls(scope, 'ownership', {
    provider,
    bucket,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  });
  new S3BucketServerSideEncryptionConfigurationA(scope, 'encryption', {
    provider,
    bucket,
    rule: [
      {
        // S3 sets it for new buckets, and nothing here uses keys of the caller. Unset, some versions of the provider
        // show a change for ever.
        blockedEncryptionTypes: ['SSE-C'],
        ...(keyArn === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: S3_MANAGED } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
              // One call to KMS serves many objects
              // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html).
              bucketKeyEnabled: true,
            }),
      },
    ],
  });
  return new S3BucketPublicAccessBlock(scope, 'public-access', {
    provider,
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
}

/** For the policy of the bucket. */
export const tlsOnly = (bucketArn: string): Statement => ({
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [bucketArn, `${bucketArn}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
