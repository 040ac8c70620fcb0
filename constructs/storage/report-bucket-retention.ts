import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import { prefixes } from '../../handlers/shared/bucket-layout';
import type { OtherAccount } from '../other-account';

/** Days for which overwritten and deleted objects can be restored. */
const EARLIER_VERSIONS_DAYS = 30;
/** Days after which an incomplete multipart upload is removed. */
const INCOMPLETE_UPLOADS_DAYS = 7;

/**
 * Days for which report packs are kept. They are read at the end of their run, which can be redriven for 14 days
 * (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html).
 */
const REPORT_PACK_DAYS = 15;

/** Object Lock: nobody can delete or overwrite a version while it is locked, so reports can serve as evidence. */
export interface ObjectLock {
  /** `governance`: principals with a special permission still can; `compliance`: nobody can, not even the root user. */
  readonly mode: 'governance' | 'compliance';
  /** Days for which a version is locked after it is written. */
  readonly days: number;
}

export interface RetentionOptions {
  /**
   * Days after which an object expires; it can be restored for another 30.
   * @default - objects never expire
   */
  readonly retentionDays?: number | undefined;
  /**
   * Locks every new version. A change affects later versions only, and the bucket cannot be emptied while versions are
   * locked.
   * @default - no lock: principals with the permission can delete versions
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
          // Removes delete markers without versions. S3 does not allow this in a rule that has days.
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
        {
          id: 'report-packs',
          status: 'Enabled',
          filter: [{ prefix: prefixes.allReportPacks }],
          expiration: [{ days: REPORT_PACK_DAYS }],
          // Nobody needs to restore copies.
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
