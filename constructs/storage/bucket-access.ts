/**
 * What a function does with the bucket of the reports, said once: its own policy carries it, and so do the
 * policies of bucket and key when those belong to another account.
 */
import type { Deployment } from '../deployment';
import type { Statement } from '../policy';

/** The bucket that reports go to, made here or elsewhere, as those know it who use it. */
export interface ReportBucketReference {
  readonly name: string;
  readonly arn: string;
  /** ARN of the KMS key of its default encryption; without one S3 manages the key. */
  readonly keyArn?: string | undefined;
}

/** A function that uses the bucket. */
export interface BucketUser {
  /** The name of its handler. */
  readonly handler: string;
  readonly roleArn: string;
  /** What it may do with the bucket and its objects. */
  readonly bucketStatements: readonly Statement[];
}

/** What the function's own policy needs: S3 asks KMS in its name to encrypt what it puts and decrypt what it reads. */
export function keyStatements(
  bucketStatements: readonly Statement[],
  { keyArn }: ReportBucketReference,
  deployment: Deployment,
): Statement[] {
  if (keyArn === undefined) return [];
  const actions = bucketStatements.flatMap(({ Action }) => Action);
  return [
    {
      Sid: 'UseReportKey',
      Effect: 'Allow',
      Action: [
        ...(actions.includes('s3:PutObject') ? ['kms:GenerateDataKey'] : []),
        ...(actions.includes('s3:GetObject') ? ['kms:Decrypt'] : []),
      ],
      Resource: keyArn,
      Condition: { StringEquals: { 'kms:ViaService': deployment.endpoint('s3') } },
    },
  ];
}

/** What the policy of a bucket in another account has to allow. */
export function bucketGrants(users: readonly BucketUser[], deployment: Deployment): Statement[] {
  return users.flatMap((user) =>
    user.bucketStatements.map((statement) => grantedTo(user, statement, deployment)),
  );
}

/** What the policy of a key in another account has to allow; in it the key is the only resource there is. */
export function keyGrants(
  users: readonly BucketUser[],
  bucket: ReportBucketReference,
  deployment: Deployment,
): Statement[] {
  return users.flatMap((user) =>
    keyStatements(user.bucketStatements, bucket, deployment).map((statement) => ({
      ...grantedTo(user, statement, deployment),
      Resource: '*',
    })),
  );
}

/**
 * The same statement for the other account. The role is a condition and not the principal, which breaks when
 * the role is made anew (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
 */
function grantedTo(
  { handler, roleArn }: BucketUser,
  statement: Statement,
  deployment: Deployment,
): Statement {
  return {
    ...statement,
    Sid: `${statement.Sid}Of${pascalCase(handler)}`,
    Principal: deployment.accountPrincipal(),
    Condition: { ...statement.Condition, ArnEquals: { 'aws:PrincipalArn': roleArn } },
  };
}

function pascalCase(words: string): string {
  return words
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
