/** What policies of buckets commonly deny: for docs/existing-bucket.md, for the doctor, and for the tests that try each. */
import type { Statement } from '../../constructs/policy';
import { OWNER_ACL, S3_MANAGED } from '../../handlers/shared/settings';
import type { ChosenProtection, DenyPattern, Passing } from './deny-pattern';

/** The bucket and the conditions of its owner. */
export interface OwnersPlace {
  readonly bucketArn: string;
  readonly keyArn: string;
  readonly organizationId: string;
}

const ENCRYPTION = 's3:x-amz-server-side-encryption';
const ACL = 's3:x-amz-acl';

const kindOf = ({ encryption }: ChosenProtection) => encryption.kind;
const isOwnAccount = ({ bucket }: ChosenProtection) =>
  bucket.kind === 'existing' && bucket.accountId === undefined;

const always: Passing = { isPassed: () => true, passed: 'yes', mend: 'Ask the owner of the bucket' };
const never: Passing = {
  isPassed: () => false,
  passed: 'no',
  mend: 'Let the policy except the roles of the functions: docs/existing-bucket.md',
};
const passing = (passed: string, isPassed: Passing['isPassed']): Passing => ({
  ...{ passed, isPassed },
  mend: `It is passed ${passed}: docs/options.md`,
});
const withEncryption = passing(
  'with `s3-managed` or `existing-key`',
  (chosen) => kindOf(chosen) !== 'bucket-default',
);
const withS3Managed = passing('with `s3-managed`', (chosen) => kindOf(chosen) === 's3-managed');
const withKey = passing('with `existing-key`', (chosen) => kindOf(chosen) === 'existing-key');
const withThisKey = (keyArn: string) =>
  passing(
    'with `existing-key`, if the policy has the same ARN',
    ({ encryption }) => encryption.kind === 'existing-key' && encryption.keyArn === keyArn,
  );
const withAccount = passing('with `bucket.accountId`', (chosen) => !isOwnAccount(chosen));
const withoutAccount = passing('without `bucket.accountId`', isOwnAccount);

/** @param place - what the statements name */
export function denyPatterns({ bucketArn, keyArn, organizationId }: OwnersPlace): readonly DenyPattern[] {
  const pattern = (
    denies: string,
    Sid: string,
    Condition: Statement['Condition'],
    passes: Passing,
    Action: Statement['Action'] = 's3:PutObject',
    otherKeys: readonly string[] = [],
  ): DenyPattern => {
    const statement = { Sid, Effect: 'Deny', Principal: '*', Action, Resource: `${bucketArn}/*` } as const;
    return { denies, statement: { ...statement, ...(Condition && { Condition }) }, otherKeys, ...passes };
  };
  const all = 's3:*';
  const deleting = ['s3:DeleteObject', 's3:DeleteObjectVersion'];
  const unlessEquals = (key: string, value: string) => ({ StringNotEquals: { [key]: value } });
  const ifAbsent = (key: string) => ({ Null: { [key]: 'true' } });
  const ifPresent = (key: string) => ({ Null: { [key]: 'false' } });
  return [
    pattern(
      'requests without TLS',
      'DenyWithoutTls',
      { Bool: { 'aws:SecureTransport': 'false' } },
      always,
      all,
    ),
    pattern(
      'requests with an old version of TLS',
      'DenyOldTls',
      { NumericLessThan: { 's3:TlsVersion': '1.2' } },
      always,
      all,
    ),
    pattern(
      'principals of other organizations',
      'DenyOtherOrganizations',
      unlessEquals('aws:PrincipalOrgID', organizationId),
      always,
      all,
      ['aws:PrincipalOrgPaths', 'aws:ResourceOrgID', 'aws:ResourceOrgPaths'],
    ),
    pattern(
      'uploads that bring their own key (SSE-C)',
      'DenyKeysOfCallers',
      ifPresent(`${ENCRYPTION}-customer-algorithm`),
      always,
    ),
    pattern('deleting objects or versions', 'DenyDeleting', undefined, always, deleting),
    pattern('uploads that name no encryption', 'DenyUnencrypted', ifAbsent(ENCRYPTION), withEncryption),
    pattern(
      'uploads that do not name keys that S3 manages',
      'DenyNotS3Managed',
      unlessEquals(ENCRYPTION, S3_MANAGED),
      withS3Managed,
    ),
    pattern('uploads that do not name a KMS key', 'DenyNotKms', unlessEquals(ENCRYPTION, 'aws:kms'), withKey),
    pattern(
      'uploads that name another KMS key, or none',
      'DenyOtherKeys',
      unlessEquals(`${ENCRYPTION}-aws-kms-key-id`, keyArn),
      withThisKey(keyArn),
    ),
    pattern(
      "uploads that do not give the object to the bucket's account",
      'DenyOtherOwners',
      unlessEquals(ACL, OWNER_ACL),
      withAccount,
      undefined,
      ['s3:x-amz-grant-full-control'],
    ),
    pattern('uploads with an ACL', 'DenyAcls', ifPresent(ACL), withoutAccount),
    pattern(
      'requests from outside a VPC, a VPC endpoint, or an address range',
      'DenyOtherNetworks',
      unlessEquals('aws:SourceVpce', 'vpce-1a2b3c4d'),
      never,
      all,
      ['aws:SourceVpc', 'aws:VpcSourceIp', 'aws:SourceIp'],
    ),
    pattern(
      'every role that is not listed',
      'DenyOtherRoles',
      { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/Backup' } },
      never,
      all,
      ['aws:PrincipalAccount', 'aws:userid'],
    ),
    pattern(
      'requests without multi-factor authentication',
      'DenyWithoutMfa',
      { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      never,
      all,
    ),
    pattern('uploads without object tags', 'DenyUntagged', ifAbsent('s3:RequestObjectTag/owner'), never),
    pattern('uploads that may overwrite an object', 'DenyOverwriting', ifAbsent('s3:if-none-match'), never),
  ];
}
