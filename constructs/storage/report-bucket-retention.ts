import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketObjectLockConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import type { OtherAccount } from '../other-account';
import { lifecycleRules } from './lifecycle-rules';

/** Object Lock: nobody can delete or overwrite a version while it is locked, so reports can serve as evidence. */
export interface ObjectLock {
  /** `governance`: principals with a special permission still can; `compliance`: nobody can, not even the root user. */
  readonly mode: 'governance' | 'compliance';
  /** Days for which a version is locked after it is written. */
  readonly days: number;
}

/** How long a new bucket keeps what is in it. */
export interface RetentionOptions {
  /**
   * Days after which an object expires. What is evidence can be restored for as many days again, the rest for 30.
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

/** Options of {@link ReportBucketRetention}. */
export interface ReportBucketRetentionProps extends RetentionOptions {
  readonly bucket: string;
  /** Prefix of the environment: the lifecycle rules leave other objects alone. */
  readonly prefix: string;
  readonly owner?: OtherAccount | undefined;
}

/** How long the bucket keeps its objects: versions, lifecycle rules and Object Lock. */
export class ReportBucketRetention extends Construct {
  constructor(scope: Construct, id: string, props: ReportBucketRetentionProps) {
    super(scope, id);
    const { bucket, owner, prefix, retentionDays, objectLock } = props;
    const provider = owner?.provider;
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      provider,
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      provider,
      bucket,
      rule: lifecycleRules(prefix, retentionDays),
      // Its rules are about versions.
      dependsOn: [versioning],
    });
    if (objectLock) {
      new S3BucketObjectLockConfigurationA(this, 'object-lock', {
        provider,
        bucket,
        rule: { defaultRetention: { mode: objectLock.mode.toUpperCase(), days: objectLock.days } },
        // S3 locks versions only.
        dependsOn: [versioning],
      });
    }
  }
}
