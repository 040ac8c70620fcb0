import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { Construct } from 'constructs';
import type { Deployment } from './deployment';
import { policyJson } from './policy';

export interface ReportBucketProps {
  readonly deployment: Deployment;
  /**
   * Name of the bucket.
   * @default - the deployment's name and its account
   */
  readonly name?: string | undefined;
}

/** The one bucket that every report goes to: private, encrypted by default, reached over TLS only. */
export class ReportBucket extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { deployment, name }: ReportBucketProps) {
    super(scope, id);
    this.name = name ?? `${deployment.name}-${deployment.accountId}`;
    this.arn = `arn:${deployment.partition}:s3:::${this.name}`;

    const bucket = new S3Bucket(this, 'bucket', { bucket: this.name });
    const noPublicAccess = new S3BucketPublicAccessBlock(this, 'public-access', {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'ownership', {
      bucket: bucket.id,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: bucket.id,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    });
    new S3BucketPolicy(this, 'policy', {
      bucket: bucket.id,
      policy: policyJson({
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [this.arn, `${this.arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      // S3 answers a conflict when both are set at the same time.
      dependsOn: [noPublicAccess],
    });
  }
}
