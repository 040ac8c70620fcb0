/** What policies of buckets commonly deny, and which of it the functions pass. */
import type { Environment } from '../../constructs/environment/environment';
import type { Statement } from '../../constructs/policy';

/** The options that decide what a request says. */
export type ChosenProtection = Pick<Environment, 'bucket' | 'encryption'>;

export interface DenyPattern {
  /** What the statement denies, in words. */
  readonly denies: string;
  readonly statement: Statement & { readonly Effect: 'Deny'; readonly Resource: string };
  /** Whether the functions of an environment pass it. */
  readonly isPassed: (chosen: ChosenProtection) => boolean;
  /** The same in words. */
  readonly passed: string;
}

/** The bucket and the conditions of its owner. */
export interface OwnersPlace {
  readonly bucketArn: string;
  readonly keyArn: string;
  readonly organizationId: string;
}

const ENCRYPTION = 's3:x-amz-server-side-encryption';
const YES = 'yes';
const NO = 'no';

/** @param place - what the statements name */
export function denyPatterns({ bucketArn, keyArn, organizationId }: OwnersPlace): readonly DenyPattern[] {
  const denial = (
    Sid: string,
    Condition: Statement['Condition'],
    Action: Statement['Action'] = 's3:PutObject',
  ): DenyPattern['statement'] => ({
    ...{ Sid, Effect: 'Deny', Principal: '*', Action, Resource: `${bucketArn}/*` },
    ...(Condition && { Condition }),
  });
  const kindOf = ({ encryption }: ChosenProtection) => encryption.kind;
  const isOwnAccount = ({ bucket }: ChosenProtection) =>
    bucket.kind === 'existing' && bucket.accountId === undefined;
  return [
    {
      denies: 'requests without TLS',
      statement: denial('DenyWithoutTls', { Bool: { 'aws:SecureTransport': 'false' } }, 's3:*'),
      isPassed: () => true,
      passed: YES,
    },
    {
      denies: 'requests with an old version of TLS',
      statement: denial('DenyOldTls', { NumericLessThan: { 's3:TlsVersion': '1.2' } }, 's3:*'),
      isPassed: () => true,
      passed: YES,
    },
    {
      denies: 'principals of other organizations',
      statement: denial(
        'DenyOtherOrganizations',
        { StringNotEquals: { 'aws:PrincipalOrgID': organizationId } },
        's3:*',
      ),
      isPassed: () => true,
      passed: YES,
    },
    {
      denies: 'uploads that bring their own key (SSE-C)',
      statement: denial('DenyKeysOfCallers', { Null: { [`${ENCRYPTION}-customer-algorithm`]: 'false' } }),
      isPassed: () => true,
      passed: YES,
    },
    {
      denies: 'deleting objects or versions',
      statement: denial('DenyDeleting', undefined, ['s3:DeleteObject', 's3:DeleteObjectVersion']),
      isPassed: () => true,
      passed: YES,
    },
    {
      denies: 'uploads that name no encryption',
      statement: denial('DenyUnencrypted', { Null: { [ENCRYPTION]: 'true' } }),
      isPassed: (chosen) => kindOf(chosen) !== 'bucket-default',
      passed: 'with `s3-managed` or `existing-key`',
    },
    {
      denies: 'uploads that do not name keys that S3 manages',
      statement: denial('DenyNotS3Managed', { StringNotEquals: { [ENCRYPTION]: 'AES256' } }),
      isPassed: (chosen) => kindOf(chosen) === 's3-managed',
      passed: 'with `s3-managed`',
    },
    {
      denies: 'uploads that do not name a KMS key',
      statement: denial('DenyNotKms', { StringNotEquals: { [ENCRYPTION]: 'aws:kms' } }),
      isPassed: (chosen) => kindOf(chosen) === 'existing-key',
      passed: 'with `existing-key`',
    },
    {
      denies: 'uploads that name another KMS key, or none',
      statement: denial('DenyOtherKeys', {
        StringNotEquals: { [`${ENCRYPTION}-aws-kms-key-id`]: keyArn },
      }),
      isPassed: ({ encryption }) => encryption.kind === 'existing-key' && encryption.keyArn === keyArn,
      passed: 'with `existing-key`, if the policy has the same ARN',
    },
    {
      denies: "uploads that do not give the object to the bucket's account",
      statement: denial('DenyOtherOwners', {
        StringNotEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
      }),
      isPassed: (chosen) => !isOwnAccount(chosen),
      passed: 'with `bucket.accountId`',
    },
    {
      denies: 'uploads with an ACL',
      statement: denial('DenyAcls', { Null: { 's3:x-amz-acl': 'false' } }),
      isPassed: isOwnAccount,
      passed: 'without `bucket.accountId`',
    },
    {
      denies: 'requests from outside a VPC, a VPC endpoint, or an address range',
      statement: denial(
        'DenyOtherNetworks',
        { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
        's3:*',
      ),
      isPassed: () => false,
      passed: NO,
    },
    {
      denies: 'every role that is not listed',
      statement: denial(
        'DenyOtherRoles',
        { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/Backup' } },
        's3:*',
      ),
      isPassed: () => false,
      passed: NO,
    },
    {
      denies: 'requests without multi-factor authentication',
      statement: denial(
        'DenyWithoutMfa',
        { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
        's3:*',
      ),
      isPassed: () => false,
      passed: NO,
    },
    {
      denies: 'uploads without object tags',
      statement: denial('DenyUntagged', { Null: { 's3:RequestObjectTag/owner': 'true' } }),
      isPassed: () => false,
      passed: NO,
    },
    {
      denies: 'uploads that may overwrite an object',
      statement: denial('DenyOverwriting', { Null: { 's3:if-none-match': 'true' } }),
      isPassed: () => false,
      passed: NO,
    },
  ];
}
