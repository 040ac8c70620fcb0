import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { KmsKeyPolicy } from '@cdktf/provider-aws/lib/kms-key-policy';
import { Construct } from 'constructs';
import { type ReportBucketReference, type BucketUser, keyGrants } from './bucket-access';
import type { Deployment } from '../deployment';
import { accountStatement, DELETION_WINDOW_DAYS } from '../key-policy';
import type { OtherAccount } from '../other-account';
import { policyJson } from '../policy';
import { keyAlias } from './key-alias';
import { keyGrantsToReaders } from './readers';

/** Options of {@link ReportKey}. */
export interface ReportKeyProps {
  readonly deployment: Deployment;
  /**
   * Account that owns the key, which is that of the bucket.
   * @default - the account of the deployment
   */
  readonly owner?: OtherAccount | undefined;
  /**
   * Whether Terraform may let KMS delete the key.
   * @default false
   */
  readonly allowDestroy?: boolean | undefined;
}

/** A KMS key for the bucket, rotated every year. */
export class ReportKey extends Construct {
  readonly arn: string;
  readonly resource: KmsKey;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ReportKeyProps,
  ) {
    super(scope, id);
    const { deployment, owner, allowDestroy = false } = props;
    const provider = owner?.provider;
    this.resource = new KmsKey(this, 'key', {
      provider,
      description: `IAM credential reports of ${deployment.environment}`,
      enableKeyRotation: true,
      deletionWindowInDays: DELETION_WINDOW_DAYS,
      lifecycle: { preventDestroy: !allowDestroy },
    });
    new KmsAlias(this, 'alias', {
      provider,
      name: keyAlias(deployment.name, this.resource),
      targetKeyId: this.resource.keyId,
    });
    this.arn = this.resource.arn;
  }

  /**
   * Adds the policy of the key: the IAM policies of its account decide, and users and readers in other accounts may use it
   * for the bucket.
   */
  grant(users: readonly BucketUser[], readers: readonly string[], bucket: ReportBucketReference): void {
    const { deployment, owner } = this.props;
    new KmsKeyPolicy(this, 'policy', {
      provider: owner?.provider,
      keyId: this.resource.keyId,
      policy: policyJson(
        accountStatement(deployment, owner),
        ...keyGrants(users, bucket, deployment),
        ...keyGrantsToReaders(readers, bucket, deployment, bucket.ownerAccountId),
      ),
    });
  }
}
