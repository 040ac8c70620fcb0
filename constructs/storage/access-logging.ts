import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import type { Environment } from '../environment/environment';
import type { Statement } from '../policy';

/** The bucket that receives the log of requests to others. */
export type AccessLogging = NonNullable<Environment['accessLogging']>;

/** For what is made only to know its resources. */
export const ANY_ACCESS_LOGGING: AccessLogging = { bucketName: 'any', prefix: '' };

/** Options of {@link LogAccess}. */
export interface LogAccessProps {
  /** Name of the bucket whose requests are logged. */
  readonly bucket: string;
  readonly provider: TerraformProvider | undefined;
  readonly accessLogging: AccessLogging;
}

/** Logs the requests to a bucket. */
export function logAccess(scope: Construct, { bucket, provider, accessLogging }: LogAccessProps): void {
  new S3BucketLoggingA(scope, 'access-logging', {
    provider,
    bucket,
    targetBucket: accessLogging.bucketName,
    targetPrefix: accessLogging.prefix,
  });
}

/**
 * For the policy of the bucket that receives the log
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html).
 * @param sources - ARNs of the buckets whose requests are logged
 * @param accountId - account of all of these buckets
 */
export const deliverLog = (
  sources: readonly string[],
  accountId: string,
  { bucketName, prefix }: AccessLogging,
  deployment: Deployment,
): Statement => ({
  Sid: 'DeliverAccessLog',
  Effect: 'Allow',
  Principal: { Service: 'logging.s3.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: `${deployment.bucketArn(bucketName)}/${prefix}*`,
  Condition: {
    StringEquals: { 'aws:SourceAccount': accountId },
    ArnEquals: { 'aws:SourceArn': sources },
  },
});
