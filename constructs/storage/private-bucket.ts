/** What every bucket of the collection has: no public access, one owner of all objects, default encryption, and TLS. */
import { S3Bucket, type S3BucketConfig } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { S3_MANAGED } from '../../handlers/shared/settings';
import type { Statement } from '../policy';
import { type AccessLogging, logAccess } from './access-logging';
import type { BucketName } from './bucket-name';

interface PrivateBucketProps {
  readonly bucket: string;
  readonly provider: TerraformProvider | undefined;
  /** KMS key of the default encryption; without one, S3 manages the key. */
  readonly keyArn: string | undefined;
  /** Where requests are logged, if they are. */
  readonly accessLogging: AccessLogging | undefined;
}

/** A bucket as a resource in the scope. */
export function makeBucket(
  scope: Construct,
  { name, namespace }: BucketName,
  { lifecycle, ...config }: Pick<S3BucketConfig, 'provider' | 'forceDestroy' | 'lifecycle' | 'dependsOn'>,
): S3Bucket {
  const bucket = new S3Bucket(scope, 'bucket', {
    ...config,
    bucket: name,
    // The name says it too. A bucket that is imported may come without it, and would be replaced.
    lifecycle: { ...lifecycle, ignoreChanges: ['bucket_namespace'] },
  });
  // The bindings do not know it.
  if (namespace !== 'global') bucket.addOverride('bucket_namespace', namespace);
  return bucket;
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

/** Sets the policy of a private bucket, as a resource in the scope of the bucket. */
export const setPolicy = (
  scope: Construct,
  publicAccess: S3BucketPublicAccessBlock,
  { provider, policy }: { readonly provider: TerraformProvider | undefined; readonly policy: string },
): S3BucketPolicy =>
  new S3BucketPolicy(scope, 'policy', {
    provider,
    bucket: publicAccess.bucket,
    policy,
    // S3 rejects one of the two if both are changed at the same time.
    dependsOn: [publicAccess],
  });

/** For the policy of the bucket. */
export const tlsOnly = (bucketArn: string): Statement => ({
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [bucketArn, `${bucketArn}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
