import type { Construct } from 'constructs';
import { OWNER_ACL, S3_MANAGED } from '../../handlers/shared/settings';
import type { Deployment } from '../deployment';
import type { Environment } from '../environment/environment';
import type { OtherAccount } from '../other-account';
import type { ReportBucketReference } from './bucket-access';
import type { AccessLogging } from './access-logging';
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
   * Where requests to the bucket are logged.
   * @default - nowhere
   */
  readonly accessLogging?: AccessLogging | undefined;
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
   * What requests ask for; the policy of a key must let the collection use it.
   * @default - nothing, so that the default encryption of the bucket applies
   */
  readonly encryption?: Exclude<Environment['encryption'], { kind: 'new-key' }> | undefined;
}

/** The bucket as the options of an environment file. */
export function bucketOptions(bucket: NewBucket | ExistingBucket): object {
  if (bucket.kind === 'existing') {
    const { encryption, ...named } = bucket;
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
  if (bucket.kind === 'existing') return existingBucket(deployment, bucket);
  const { name, prefix, owner, encryption, retentionDays, objectLock, accessLogging } = bucket;
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
    accessLogging,
    formerKeyArns: encryption.formerKeyArns,
    allowDestroy,
  });
}

/** Objects in a bucket of another account may stay with the account that wrote them, unless they are given away. */
function existingBucket(
  deployment: Deployment,
  { name, accountId, prefix = '', encryption }: ExistingBucket,
): ReportBucketReference {
  const keyArn = encryption?.kind === 'existing-key' ? encryption.keyArn : undefined;
  return {
    name,
    arn: deployment.bucketArn(name),
    ownerAccountId: accountId ?? deployment.accountId,
    prefix,
    keyArn,
    requestedEncryption: keyArn ?? (encryption?.kind === 's3-managed' ? S3_MANAGED : ''),
    objectAcl: accountId === undefined ? '' : OWNER_ACL,
    formerKeyArns: encryption?.formerKeyArns,
  };
}
