import * as z from 'zod';
import { accountId, bucketName, fieldsOf, oneOfKinds, roleName, text } from './fields';
import { protectionOptions } from './protection';

/** Options about where reports are stored, and how they are encrypted. */

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

const bucket = oneOfKinds(
  [
    fieldsOf({
      kind: z.literal('new').describe('Terraform creates and protects the bucket.'),
      name: bucketName
        .optional()
        .describe(
          'Name of the new bucket. Default: generated from the name of the environment and the account ID.',
        ),
      prefix,
    }),
    fieldsOf({
      kind: z.literal('existing').describe('You provide the bucket; its settings are left unchanged.'),
      name: bucketName.describe('Name of the existing bucket.'),
      accountId: accountId
        .optional()
        .describe(
          'Account that owns the existing bucket. If it is not the account that runs the collection, the output ' +
            '`bucket_policy_statements` has the statements that its bucket policy needs. Default: the account that runs ' +
            'the collection.',
        ),
      prefix,
    }),
  ],
  '"new" or "existing"',
)
  .prefault({ kind: 'new' })
  .describe('The bucket that receives the reports.');

const keyArn = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

const encryption = oneOfKinds(
  [
    fieldsOf({ kind: z.literal('s3-managed').describe('Keys that S3 manages, free of charge.') }),
    fieldsOf({
      kind: z
        .literal('new-key')
        .describe(
          'A KMS key that Terraform creates, $1 a month. Not possible with an existing bucket. If you change to another ' +
            'kind later, KMS deletes the key after 30 days, and reports that it encrypted can no longer be read.',
        ),
    }),
    fieldsOf({
      kind: z
        .literal('existing-key')
        .describe(
          'Your own KMS key. Its key policy must allow the functions to use it: the output `key_policy_statements` has ' +
            'the statements for a key in another account.',
        ),
      keyArn: text(keyArn, 'the ARN of a KMS key, arn:…:kms:REGION:ACCOUNT:key/ID').describe(
        'ARN of your KMS key, in the Region of the environment. An alias is not accepted.',
      ),
    }),
  ],
  '"s3-managed", "new-key", or "existing-key"',
)
  .default({ kind: 's3-managed' })
  .describe('How the reports are encrypted.');

const loggingAccount = fieldsOf({
  accountId: accountId.describe('ID of the logging account.'),
  roleName: roleName.describe(
    'Role in the logging account that Terraform assumes to create the bucket and the keys.',
  ),
})
  .optional()
  .describe(
    'A separate account for the bucket and the keys, so that reports are stored where those who collect them cannot ' +
      'change them. Default: the account that runs the collection.',
  );

export const storageOptions = { bucket, encryption, ...protectionOptions, loggingAccount };

/** The Region of a KMS key, or nothing for text that is not an ARN: the message of the field reports that. */
export const regionOfKey = (arn: unknown) =>
  typeof arn === 'string' && keyArn.test(arn) ? arn.split(':')[3] : undefined;
