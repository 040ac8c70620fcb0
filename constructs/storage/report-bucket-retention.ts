import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import type { OtherAccount } from '../other-account';

/** How long what was overwritten or deleted can be had back, days. */
const EARLIER_VERSIONS_DAYS = 30;
/** After which an upload in parts that was never ended is given up, days. */
const UNENDED_UPLOADS_DAYS = 7;

/**
 * For how long the copies of small reports are kept, days. They are read at the end of their run, which can be redriven
 * for 14 days (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html).
 */
const REPORT_PACK_DAYS = 15;

/** Nobody can delete or change a version before its time, so that reports can serve as evidence. */
export interface ObjectLock {
  /** `governance`: who has a special permission still can; `compliance`: nobody can, not even the root user. */
  readonly mode: 'governance' | 'compliance';
  /** Days for which each version is locked, from when it was written. */
  readonly days: number;
}

export interface RetentionOptions {
  /**
   * Days after which an object expires; it can be had back for another 30.
   * @default - objects are kept
   */
  readonly retentionDays?: number | undefined;
  /**
   * Locks every new version. It can be shortened for later versions, but never taken from those that have it;
   * the bucket cannot be emptied before.
   * @default - versions can be deleted by those who have the permission
   */
  readonly objectLock?: ObjectLock | undefined;
}

export interface ReportBucketRetentionProps extends RetentionOptions {
  readonly bucket: string;
  readonly owner?: OtherAccount | undefined;
}

/** How long the bucket keeps what is in it: versions, their end, and their lock. */
export class ReportBucketRetention extends Construct {
  constructor(scope: Construct, id: string, props: ReportBucketRetentionProps) {
    super(scope, id);
    const { bucket, owner, retentionDays, objectLock } = props;
    const provider = owner?.provider;
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      provider,
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    const everything = { status: 'Enabled', filter: [{ prefix: '' }] };
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      provider,
      bucket: versioning.bucket,
      rule: [
        {
          ...everything,
          id: 'leftovers',
          noncurrentVersionExpiration: [{ noncurrentDays: EARLIER_VERSIONS_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: UNENDED_UPLOADS_DAYS }],
          // The mark that is left where every version is gone; S3 takes it in no rule that has days.
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
        {
          id: 'report-packs',
          status: 'Enabled',
          filter: [{ prefix: 'report-packs/' }],
          expiration: [{ days: REPORT_PACK_DAYS }],
          // Nobody wants a copy back.
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
        },
        ...(retentionDays === undefined
          ? []
          : [{ ...everything, id: 'retention', expiration: [{ days: retentionDays }] }]),
      ],
    });
    if (objectLock) {
      new S3BucketObjectLockConfigurationA(this, 'object-lock', {
        provider,
        bucket: versioning.bucket,
        rule: { defaultRetention: { mode: objectLock.mode.toUpperCase(), days: objectLock.days } },
      });
    }
  }
}
