import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import type { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import type { OtherAccount } from '../other-account';
import { policyJson } from '../policy';
import type { AccessLogging } from '../storage/access-logging';
import { generatedBucketName } from '../storage/bucket-name';
import { makeBucket, makePrivate, setPolicy, tlsOnly } from '../storage/private-bucket';

/** Days for which the results of a query are kept: they are as sensitive as the reports, and the query can be repeated. */
const KEPT_DAYS = 7;

/** Options of {@link QueryResults}. */
export interface QueryResultsProps {
  readonly deployment: Deployment;
  /**
   * Account that owns the bucket.
   * @default - the account of the deployment
   */
  readonly owner?: OtherAccount | undefined;
  /**
   * KMS key that encrypts the results.
   * @default - S3 manages the key
   */
  readonly keyArn?: string | undefined;
  /**
   * Where requests to the bucket are logged.
   * @default - nowhere
   */
  readonly accessLogging?: AccessLogging | undefined;
}

/**
 * A bucket for the results of queries alone. In the report bucket, a lock would keep them like evidence. Terraform destroys it
 * with everything in it.
 */
export class QueryResults extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly ownerAccountId: string;
  /** What must exist before results can be stored. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, { deployment, owner, keyArn, accessLogging }: QueryResultsProps) {
    super(scope, id);
    const provider = owner?.provider;
    this.ownerAccountId = owner?.accountId ?? deployment.accountId;
    const { environment, region } = deployment;
    const generated = generatedBucketName(environment, this.ownerAccountId, region, 'queries');
    this.name = generated.name;
    this.arn = deployment.bucketArn(this.name);
    const bucket = makeBucket(this, generated, { provider, forceDestroy: true }).id;
    const publicAccess = makePrivate(this, { provider, bucket, keyArn, accessLogging });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      provider,
      bucket,
      rule: [
        {
          id: 'results',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days: KEPT_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: KEPT_DAYS }],
        },
      ],
    });
    this.policy = setPolicy(this, publicAccess, { provider, policy: policyJson(tlsOnly(this.arn)) });
  }
}
