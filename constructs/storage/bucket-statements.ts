/**
 * Statements about the report bucket. Keys, patterns and prefixes come from `bucket-layout.ts`; the prefix of the
 * environment is added here and nowhere else.
 */
import type { Statement } from '../policy';
import type { ReportBucketReference } from './bucket-access';

/** The settings of the bucket that every function which uses it has: see `bucketSettings`. */
export const bucketSettingsOf = (bucket: ReportBucketReference) => ({
  reportBucket: bucket.name,
  bucketOwner: bucket.ownerAccountId,
  bucketPrefix: bucket.prefix,
  bucketEncryption: bucket.requestedEncryption,
  bucketAcl: bucket.objectAcl,
});

/** The URL of everything below a prefix. */
export const urlOf = ({ name, prefix }: ReportBucketReference, below = '') =>
  `s3://${name}/${prefix}${below}`;

/** Allows actions on the objects whose keys match patterns. */
export function onObjects(
  bucket: ReportBucketReference,
  Sid: string,
  Action: Statement['Action'],
  patterns: readonly string[],
): Statement {
  const resources = patterns.map((pattern) => `${bucket.arn}/${bucket.prefix}${pattern}`);
  const [only = ''] = resources;
  return {
    Sid,
    Effect: 'Allow',
    Action,
    Resource: resources.length > 1 ? resources : only,
    Condition: ownedBy(bucket),
  };
}

/** Allows listing the objects below the prefixes that match a pattern. */
export const onListing = (
  bucket: ReportBucketReference,
  Sid: string,
  pattern: string,
  Action: Statement['Action'] = 's3:ListBucket',
): Statement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource: bucket.arn,
  Condition: { ...ownedBy(bucket), StringLike: { 's3:prefix': `${bucket.prefix}${pattern}` } },
});

/**
 * A request that creates an object with an ACL needs this permission too
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html). No other ACL is allowed.
 * @param statements - all that a function may do with the bucket
 * @returns what it needs in addition: nothing if objects have no ACL
 */
export function onAcls(bucket: ReportBucketReference, statements: readonly Statement[]): Statement[] {
  const { objectAcl } = bucket;
  if (objectAcl === '') return [];
  const written = statements.filter(({ Action }) => [Action].flat().includes('s3:PutObject'));
  return [
    {
      Sid: 'GiveToBucketOwner',
      Effect: 'Allow',
      Action: 's3:PutObjectAcl',
      Resource: written.flatMap(({ Resource = [] }) => Resource),
      Condition: { StringEquals: { ...ownedBy(bucket).StringEquals, 's3:x-amz-acl': objectAcl } },
    },
  ];
}

/**
 * Names of buckets are not reserved: whoever deletes the bucket lets somebody else create one with its name. That bucket
 * gets nothing (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount).
 */
const ownedBy = ({ ownerAccountId }: ReportBucketReference) => ({
  StringEquals: { 'aws:ResourceAccount': ownerAccountId },
});
