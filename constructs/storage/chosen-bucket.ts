import type { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import type { Environment } from '../environment/environment';
import type { OtherAccount } from '../other-account';
import type { ReportBucketReference } from './bucket-access';
import { ReportBucket } from './report-bucket';
import type { RetentionOptions } from './report-bucket-retention';
import { ReportKey } from './report-key';

interface PrefixOption {
  /**
   * Comes before every key: empty, or ends with a slash.
   * @default - empty
   */
  readonly prefix?: string | undefined;
}

/** A bucket that is created with the collection. */
export interface NewBucket extends RetentionOptions, PrefixOption {
  readonly kind: 'new';
  /**
   * Name of the bucket in the namespace that all accounts share.
   * @default - generated, in the namespace of the account where the Region has one
   */
  readonly name?: string | undefined;
  /** Who manages the key that encrypts the reports. The policy of an existing key must let the collection use it. */
  readonly encryption: Environment['encryption'];
  /**
   * Account that gets the bucket and the keys, with the grants that the collection needs.
   * @default - the account that collects
   */
  readonly owner?: OtherAccount | undefined;
}

/** A bucket that exists already. Its settings are not changed; its owner grants what the collection needs. */
export interface ExistingBucket extends PrefixOption {
  readonly kind: 'existing';
  readonly name: string;
  /**
   * Account that owns the bucket.
   * @default - the account that collects
   */
  readonly accountId?: string | undefined;
  /**
   * KMS key of its default encryption.
   * @default - S3 manages the key
   */
  readonly keyArn?: string | undefined;
  /**
   * KMS keys that encrypted what the bucket holds from earlier.
   * @default - none
   */
  readonly formerKeyArns?: readonly string[] | undefined;
}

/** The bucket as the options of an environment file. */
export function bucketOptions(bucket: NewBucket | ExistingBucket): object {
  if (bucket.kind === 'existing') {
    const { keyArn, formerKeyArns, ...named } = bucket;
    const encryption = { kind: keyArn === undefined ? 's3-managed' : 'existing-key', keyArn, formerKeyArns };
    return { bucket: named, encryption };
  }
  const { kind, name, prefix, owner: _account, ...others } = bucket;
  return { bucket: { kind, name, prefix }, ...others };
}

/**
 * The bucket, and its key if it gets one of its own.
 * @param allowDestroy - whether Terraform may destroy them, with everything in the bucket
 */
export function reportBucket(
  scope: Construct,
  deployment: Deployment,
  bucket: NewBucket | ExistingBucket,
  allowDestroy: boolean,
): ReportBucketReference {
  if (bucket.kind === 'existing') {
    const { name, accountId = deployment.accountId, prefix = '', keyArn, formerKeyArns } = bucket;
    return {
      name,
      arn: deployment.bucketArn(name),
      ownerAccountId: accountId,
      prefix,
      keyArn,
      formerKeyArns,
    };
  }
  const { name, prefix, owner, encryption, retentionDays, objectLock } = bucket;
  const key =
    encryption.kind === 'new-key'
      ? new ReportKey(scope, 'report-key', { deployment, owner, allowDestroy })
      : undefined;
  return new ReportBucket(scope, 'report-bucket', {
    deployment,
    name,
    prefix,
    owner,
    key,
    keyArn: encryption.kind === 'existing-key' ? encryption.keyArn : undefined,
    retentionDays,
    objectLock,
    formerKeyArns: encryption.formerKeyArns,
    allowDestroy,
  });
}
