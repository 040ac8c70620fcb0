import { text, uniqueList } from './fields';

const ACCOUNT = String.raw`\d{12}`;
const ORGANIZATION = 'o-[a-z0-9]{10,32}';
const NAMES = String.raw`([\w+=,.@-]+\/)*[\w+=,.@-]+`;
/**
 * IAM Identity Center makes a new role, with another suffix, when a permission set is assigned anew
 * (https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html).
 */
const PERMISSION_SET = String.raw`aws-reserved\/sso\.amazonaws\.com\/(\*\/|[a-z0-9-]+\/)?AWSReservedSSO_[\w+=,.@-]+_\*`;

/** No other wildcard: it might match roles that somebody else may create. */
const reader = text(
  new RegExp(
    `^(arn:aws[a-z-]*:iam::${ACCOUNT}:role\\/(${PERMISSION_SET}|${NAMES})|${ACCOUNT}|${ORGANIZATION})$`,
  ),
  'the ARN of a role, a 12-digit account ID, or an organization ID, o-…; `*` only as in ' +
    '"…:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_NAME_*"',
);

export const readers = uniqueList(reader)
  .default([])
  .describe(
    'Who may read the results: ARNs of roles, account IDs, and organization IDs. The policies of bucket and key allow them, and their own ' +
      'IAM policies must too: the output `reader_policy` is that policy. For a permission set of IAM Identity Center, end the ' +
      'ARN with `AWSReservedSSO_NAME_*`. With an existing bucket or key, add the statements in the outputs ' +
      '`bucket_policy_statements` and `key_policy_statements` to its policy. Default: the account that owns the bucket decides.',
  );

/** Partition of a role, or nothing for any other text. */
export const partitionOfReader = (reader: unknown): string | undefined =>
  typeof reader === 'string' ? /^arn:([^:]*):iam:/.exec(reader)?.[1] : undefined;
