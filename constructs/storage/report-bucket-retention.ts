import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import { prefixes } from '../../handlers/shared/bucket-layout';
import type { OtherAccount } from '../other-account';

/** How long overwritten and deleted objects can be restored, days. */
const EARLIER_VERSIONS_DAYS = 30;
/** When a multipart upload that was never completed is removed, days. */
const INCOMPLETE_UPLOADS_DAYS = 7;

/**
 * How long report packs are kept, days. They are read at the end of their run, which can be redriven for 14 days
 * (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html).
 */
const REPORT_PACK_DAYS = 15;

/** Object Lock: nobody can delete or change a version before its time, so reports can serve as evidence. */
export interface ObjectLock {
  /** `governance`: principals with a special permission still can; `compliance`: nobody can, not even the root user. */
  readonly mode: 'governance' | 'compliance';
  /** Days for which each version is locked after it was written. */
  readonly days: number;
}

export interface RetentionOptions {
  /**
   * Days after which an object expires; it can be restored for another 30.
   * @default - objects never expire
   */
  readonly retentionDays?: number | undefined;
  /**
   * Locks every new version. It can be changed for later versions, but not for those that are locked already, and the
   * bucket cannot be emptied before their time.
   * @default - principals with the permission can delete versions
   */
  readonly objectLock?: ObjectLock | undefined;
}

export interface ReportBucketRetentionProps extends RetentionOptions {
  readonly bucket: string;
  readonly owner?: OtherAccount | undefined;
}

/** How long the bucket keeps its objects: versions, lifecycle rules and Object Lock. */
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
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: INCOMPLETE_UPLOADS_DAYS }],
          // Delete markers without any version left. S3 does not allow this in a rule that has days.
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
        {
          id: 'report-packs',
          status: 'Enabled',
          filter: [{ prefix: prefixes.allReportPacks }],
          expiration: [{ days: REPORT_PACK_DAYS }],
          // Nobody needs to restore a copy.
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
