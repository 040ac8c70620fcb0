import type { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { Construct } from 'constructs';
import type { AccessLogging } from './access-logging';
import { S3_MANAGED } from '../../handlers/shared/settings';
import { assertOptions } from '../assert-options';
import { type ReportBucketReference, type BucketUser, bucketGrants } from './bucket-access';
import type { Deployment } from '../deployment';
import type { OtherAccount } from '../other-account';
import { policyJson } from '../policy';
import { generatedBucketName } from './bucket-name';
import { assertFits } from './policy-size';
import { makeBucket, makePrivate, setPolicy, tlsOnly } from './private-bucket';
import { bucketGrantsToReaders } from './readers';
import { ReportBucketRetention, type RetentionOptions } from './report-bucket-retention';
import type { ReportKey } from './report-key';

/** Options of {@link ReportBucket}. */
export interface ReportBucketProps extends RetentionOptions {
  readonly deployment: Deployment;
  /**
   * Name of the bucket in the namespace that all accounts share.
   * @default - generated, in the namespace of the account where the Region has one
   */
  readonly name?: string | undefined;
  /**
   * Comes before every key: empty, or ends with a slash.
   * @default - empty
   */
  readonly prefix?: string | undefined;
  /**
   * Key that encrypts the objects of the bucket.
   * @default - S3 manages the key
   */
  readonly key?: ReportKey | undefined;
  /**
   * ARN of a key that exists already.
   * @default - that of `key`
   */
  readonly keyArn?: string | undefined;
  /**
   * ARNs of KMS keys that encrypted what the bucket holds from earlier.
   * @default - none
   */
  readonly formerKeyArns?: readonly string[] | undefined;
  /**
   * Where requests to the bucket are logged.
   * @default - nowhere
   */
  readonly accessLogging?: AccessLogging | undefined;
  /**
   * Account that owns the bucket.
   * @default - the account of the deployment
   */
  readonly owner?: OtherAccount | undefined;
  /**
   * Whether Terraform may destroy the bucket and every object in it.
   * @default false
   */
  readonly allowDestroy?: boolean | undefined;
}

/** A new bucket: private, TLS only, encrypted by default, versioned; the account of the bucket owns every object. */
export class ReportBucket extends Construct implements ReportBucketReference {
  readonly name: string;
  readonly arn: string;
  readonly ownerAccountId: string;
  readonly prefix: string;
  readonly retentionDays: number | undefined;
  readonly keyArn: string | undefined;
  readonly requestedEncryption: string;
  /** The account of the bucket owns every object. */
  readonly objectAcl = '';
  readonly formerKeyArns: readonly string[] | undefined;
  private readonly publicAccess: S3BucketPublicAccessBlock;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ReportBucketProps,
  ) {
    super(scope, id);
    const { deployment, owner, prefix = '', retentionDays, objectLock, key, keyArn = key?.arn } = props;
    const { allowDestroy = false, accessLogging } = props;
    const asOptions = {
      bucket: { kind: 'new', name: props.name, prefix },
      retentionDays,
      objectLock,
      accessLogging,
    };
    assertOptions(this, asOptions);
    const provider = owner?.provider;
    this.ownerAccountId = owner?.accountId ?? deployment.accountId;
    const generated = generatedBucketName(deployment.environment, this.ownerAccountId, deployment.region);
    const named = props.name === undefined ? generated : ({ name: props.name, namespace: 'global' } as const);
    this.name = named.name;
    this.arn = deployment.bucketArn(this.name);
    this.prefix = prefix;
    this.retentionDays = retentionDays;
    this.keyArn = keyArn;
    this.requestedEncryption = keyArn ?? S3_MANAGED;
    this.formerKeyArns = props.formerKeyArns;

    const { id: bucket } = makeBucket(this, named, {
      provider,
      forceDestroy: allowDestroy,
      lifecycle: { preventDestroy: !allowDestroy },
      // Destroyed before its key: a bucket with reports cannot be destroyed, and then its key stays too.
      dependsOn: key ? [key.resource] : [],
    });
    this.publicAccess = makePrivate(this, { provider, bucket, keyArn, accessLogging });
    new ReportBucketRetention(this, 'retention', { bucket, owner, prefix, retentionDays, objectLock });
  }

  /**
   * Adds the policies of the bucket and the key. Users in the same account need only their own policies.
   * @param readers - roles, accounts and organizations that may read the results
   */
  grantTo(users: readonly BucketUser[], readers: readonly string[] = []): void {
    const { deployment, owner, key } = this.props;
    const elsewhere = owner ? users : [];
    const policy = policyJson(
      tlsOnly(this.arn),
      ...bucketGrants(elsewhere, deployment),
      ...bucketGrantsToReaders(readers, this, deployment),
    );
    assertFits(policy, deployment);
    setPolicy(this, this.publicAccess, { provider: owner?.provider, policy });
    key?.grant(elsewhere, readers, this);
  }
}
