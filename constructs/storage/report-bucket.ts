import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { Construct } from 'constructs';
import { assertOptions } from '../assert-options';
import { type ReportBucketReference, type BucketUser, bucketGrants } from './bucket-access';
import type { Deployment } from '../deployment';
import type { OtherAccount } from '../other-account';
import { policyJson } from '../policy';
import { generatedBucketName } from './bucket-name';
import { ReportBucketRetention, type RetentionOptions } from './report-bucket-retention';
import type { ReportKey } from './report-key';

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
  readonly formerKeyArns: readonly string[] | undefined;
  private readonly publicAccess: S3BucketPublicAccessBlock;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ReportBucketProps,
  ) {
    super(scope, id);
    const { deployment, owner, prefix = '', retentionDays, objectLock, key, keyArn = key?.arn } = props;
    const { allowDestroy = false } = props;
    assertOptions(this, { bucket: { kind: 'new', name: props.name, prefix }, retentionDays, objectLock });
    const provider = owner?.provider;
    this.ownerAccountId = owner?.accountId ?? deployment.accountId;
    const generated = generatedBucketName(deployment.environment, this.ownerAccountId, deployment.region);
    const { name, namespace } =
      props.name === undefined ? generated : { name: props.name, namespace: 'global' };
    this.name = name;
    this.arn = deployment.bucketArn(this.name);
    this.prefix = prefix;
    this.retentionDays = retentionDays;
    this.keyArn = keyArn;
    this.formerKeyArns = props.formerKeyArns;

    const resource = new S3Bucket(this, 'bucket', {
      provider,
      bucket: name,
      forceDestroy: allowDestroy,
      lifecycle: {
        preventDestroy: !allowDestroy,
        // The name says it too. A bucket that is imported may come without it, and would be replaced.
        ignoreChanges: ['bucket_namespace'],
      },
      // Destroyed before its key: a bucket with reports cannot be destroyed, and then its key stays too.
      dependsOn: key ? [key.resource] : [],
    });
    // The bindings do not know it.
    if (namespace !== 'global') resource.addOverride('bucket_namespace', namespace);
    const bucket = resource.id;
    this.publicAccess = new S3BucketPublicAccessBlock(this, 'public-access', {
      provider,
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'ownership', {
      provider,
      bucket,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    new ReportBucketRetention(this, 'retention', { bucket, owner, prefix, retentionDays, objectLock });
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      provider,
      bucket,
      rule: [
        {
          // S3 sets it for new buckets, and nothing here uses keys of the caller. Unset, some versions of the provider
          // show a change for ever.
          blockedEncryptionTypes: ['SSE-C'],
          ...(keyArn === undefined
            ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
            : {
                applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
                // One call to KMS serves many objects
                // (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html).
                bucketKeyEnabled: true,
              }),
        },
      ],
    });
  }

  /** Adds the policies of the bucket and the key. Users in the same account need only their own policies. */
  grantTo(users: readonly BucketUser[]): void {
    const { deployment, owner, key } = this.props;
    const tlsOnly = {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [this.arn, `${this.arn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    } as const;
    new S3BucketPolicy(this, 'policy', {
      provider: owner?.provider,
      bucket: this.publicAccess.bucket,
      policy: policyJson(tlsOnly, ...(owner ? bucketGrants(users, deployment) : [])),
      // S3 rejects one of the two if both are changed at the same time.
      dependsOn: [this.publicAccess],
    });
    if (owner) key?.grant(users, this);
  }
}
