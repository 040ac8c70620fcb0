import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import type { Environment } from '../environment/environment';
import type { OtherAccount } from '../other-account';
import type { Statement } from '../policy';
import type { ReportBucketReference } from './bucket-access';

/** The bucket that receives the log of requests to another one. */
export type AccessLogging = NonNullable<Environment['accessLogging']>;

export interface LogAccessProps {
  /** Name of the bucket whose requests are logged. */
  readonly bucket: string;
  readonly owner?: OtherAccount | undefined;
  readonly accessLogging: AccessLogging;
}

/** Logs the requests to a bucket. */
export function logAccess(scope: Construct, { bucket, owner, accessLogging }: LogAccessProps): void {
  new S3BucketLoggingA(scope, 'access-logging', {
    provider: owner?.provider,
    bucket,
    targetBucket: accessLogging.bucketName,
    targetPrefix: accessLogging.prefix,
  });
}

/**
 * For the policy of the bucket that receives the log
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html).
 */
export const deliverLog = (
  { arn, ownerAccountId }: ReportBucketReference,
  { bucketName, prefix }: AccessLogging,
  deployment: Deployment,
): Statement => ({
  Sid: 'LogOfReportBucket',
  Effect: 'Allow',
  Principal: { Service: 'logging.s3.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: `${deployment.bucketArn(bucketName)}/${prefix}*`,
  Condition: {
    StringEquals: { 'aws:SourceAccount': ownerAccountId },
    ArnLike: { 'aws:SourceArn': arn },
  },
});
