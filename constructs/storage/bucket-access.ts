/**
 * What a function may do with the report bucket, stated once for the function's own policy and for the policies of the
 * bucket and the key when another account owns them.
 */
import type { BucketAcl } from '../../handlers/shared/settings';
import type { Deployment } from '../deployment';
import type { Statement } from '../policy';
import { type Grantee, grantedTo } from './cross-account';

/** The report bucket, new or existing, as its users need to know it. */
export interface ReportBucketReference {
  readonly name: string;
  readonly arn: string;
  /** Account that owns the bucket. */
  readonly ownerAccountId: string;
  /** Comes before every key of the environment: empty, or ends with a slash. */
  readonly prefix: string;
  /** Days after which objects expire; absent if they do not, or if it is not known. */
  readonly retentionDays?: number | undefined;
  /** ARN of the KMS key that encrypts what is written; without one, functions need no key to write. */
  readonly keyArn?: string | undefined;
  /** What requests ask for: `AES256`, the ARN of the key, or nothing, so that the bucket's default applies. */
  readonly requestedEncryption: string;
  /** ACL that requests give to the objects that they create; empty if the bucket's account owns every object anyway. */
  readonly objectAcl: BucketAcl;
  /** ARNs of KMS keys that encrypted what the bucket holds from earlier; nothing is encrypted with them any more. */
  readonly formerKeyArns?: readonly string[] | undefined;
}

/** A function that uses the bucket. */
export interface BucketUser extends Grantee {
  /** What it may do with the bucket and its objects. */
  readonly bucketStatements: readonly Statement[];
}

/** For the function's own policy: S3 calls KMS on its behalf to encrypt what it puts and decrypt what it gets. */
export function keyStatements(
  bucketStatements: readonly Statement[],
  bucket: ReportBucketReference,
  deployment: Deployment,
): Statement[] {
  const { formerKeyArns = [] } = bucket;
  const current = currentKeyStatements(bucketStatements, bucket, deployment);
  if (formerKeyArns.length === 0 || !actionsOf(bucketStatements).includes('s3:GetObject')) return current;
  return [
    ...current,
    {
      Sid: 'ReadWithFormerKeys',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: formerKeyArns,
      Condition: viaS3(deployment),
    },
  ];
}

/** As {@link keyStatements}, for the key that encrypts now. */
export function currentKeyStatements(
  bucketStatements: readonly Statement[],
  { keyArn }: Pick<ReportBucketReference, 'keyArn'>,
  deployment: Deployment,
): Statement[] {
  if (keyArn === undefined) return [];
  const actions = actionsOf(bucketStatements);
  return [
    {
      Sid: 'UseReportKey',
      Effect: 'Allow',
      Action: [
        ...(actions.includes('s3:PutObject') ? ['kms:GenerateDataKey'] : []),
        ...(actions.includes('s3:GetObject') ? ['kms:Decrypt'] : []),
      ],
      Resource: keyArn,
      Condition: viaS3(deployment),
    },
  ];
}

const actionsOf = (statements: readonly Statement[]) => statements.flatMap(({ Action }) => Action);

/** Condition for the use of a key: only for objects in S3. */
export const viaS3 = (deployment: Deployment) => ({
  StringEquals: { 'kms:ViaService': deployment.endpoint('s3') },
});

/** For the policy of a bucket in another account. */
export function bucketGrants(users: readonly BucketUser[], deployment: Deployment): Statement[] {
  return users.flatMap((user) =>
    user.bucketStatements.map((statement) => grantedTo(user, statement, deployment)),
  );
}

/** For the policy of a key in another account. In a key policy `*` means the key itself. */
export function keyGrants(
  users: readonly BucketUser[],
  bucket: Pick<ReportBucketReference, 'keyArn'>,
  deployment: Deployment,
): Statement[] {
  return users.flatMap((user) =>
    currentKeyStatements(user.bucketStatements, bucket, deployment).map((statement) => ({
      ...grantedTo(user, statement, deployment),
      Resource: '*',
    })),
  );
}
