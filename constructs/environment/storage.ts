import * as z from 'zod';
import { encryption } from './encryption';
import { accountId, bucketName, fieldsOf, oneOfKinds, pathAndName, text } from './fields';
import { protectionOptions } from './protection';
import { readers } from './readers';

/** Options about where reports are stored, and who may read them. */

/**
 * The longest key below it has fewer than 200 characters, of the 1,024 that S3 accepts. No character means anything in
 * an IAM policy, where `*` and `?` would match other keys, or needs to be encoded in a URL
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html).
 */
const prefix = text(
  /^(?=.{0,100}$)([A-Za-z0-9][A-Za-z0-9._-]*\/)*$/,
  'empty, or folders that end with "/", such as "production/": at most 100 letters, digits, dots, hyphens, and ' +
    'underscores, and each folder starts with a letter or digit',
)
  .default('')
  .describe(
    'Comes before every key. Two environments can share a bucket if each has a prefix of its own. If you change it later, ' +
      'the environment starts over below the new prefix: it knows nothing about earlier runs, and its chain of manifests ' +
      'starts at 1. Default: none.',
  );

/** S3 takes other names only from requests for the namespace of an account. */
const newBucketName = bucketName.regex(
  /(?<!-an)$/,
  'must not end with "-an", which S3 reserves for names in the namespace of an account; without `bucket.name` the bucket ' +
    'gets such a name',
);

const bucket = oneOfKinds(
  [
    fieldsOf({
      kind: z.literal('new').describe('Terraform creates and protects the bucket.'),
      name: newBucketName
        .optional()
        .describe(
          'Name of the new bucket, in the namespace that all AWS accounts share: another account may have taken it, and can ' +
            'take it when you delete the bucket. Default: `iam-cr-NAME-ACCOUNT-REGION-an`, which no other account can ever ' +
            'have. In the Regions where S3 does not offer such names, it lacks `-an` and is in the shared namespace.',
        ),
      prefix,
    }),
    fieldsOf({
      kind: z
        .literal('existing')
        .describe(
          'You provide the bucket; its settings are left unchanged. `docs/existing-bucket.md` says what it must allow.',
        ),
      name: bucketName.describe('Name of the existing bucket.'),
      accountId: accountId
        .optional()
        .describe(
          'Account that owns the existing bucket. If it is not the account that runs the collection, the output ' +
            '`bucket_policy_statements` has the statements that its bucket policy needs, and objects are given to that ' +
            'account. Default: the account that runs the collection.',
        ),
      prefix,
    }),
  ],
  '"new" or "existing"',
)
  .prefault({ kind: 'new' })
  .describe('The bucket that receives the reports.');

const existingRole = text(
  new RegExp(`^${pathAndName(64)}$`),
  'a role name, 1 to 64 letters, digits, and the characters + = , . @ _ -, after its path if it has one, as in path/name',
);

const loggingAccount = fieldsOf({
  accountId: accountId.describe('ID of the logging account.'),
  roleName: existingRole.describe(
    'Role in the logging account that Terraform assumes to create the bucket and the keys, after its path if it has one.',
  ),
})
  .optional()
  .describe(
    'A separate account for the bucket and the keys, so that reports are stored where those who collect them cannot ' +
      'change them. Default: the account that runs the collection.',
  );

export const storageOptions = { bucket, encryption, ...protectionOptions, loggingAccount, readers };
