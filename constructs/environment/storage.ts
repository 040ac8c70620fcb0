import * as z from 'zod';
import { accountId, bucketName, fieldsOf, oneOfKinds, roleName, text, wholeNumber } from './fields';

/** Options about where reports are stored, how they are encrypted, and how long they are kept. */

const bucket = oneOfKinds(
  [
    fieldsOf({
      kind: z.literal('new').describe('Terraform creates and protects the bucket.'),
      name: bucketName
        .optional()
        .describe(
          'Name of the new bucket. Default: generated from the name of the environment and the account ID.',
        ),
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
    }),
  ],
  '"new" or "existing"',
)
  .default({ kind: 'new' })
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

const objectLock = fieldsOf({
  mode: z
    .enum(['governance', 'compliance'], 'must be "governance" or "compliance"')
    .describe(
      '`governance`: principals with a special permission can still delete a report. `compliance`: nobody can delete a ' +
        'report or shorten its lock, not even the root user. Try `governance` first.',
    ),
  days: wholeNumber(1, 36_500).describe(
    'Days for which each version is locked after it was written; at most `retentionDays`.',
  ),
})
  .optional()
  .describe(
    'Locks each version in the new bucket as evidence: neither the version nor the bucket can be deleted until the lock ' +
      'expires. Default: no lock.',
  );

const retentionDays = wholeNumber(1, 36_500)
  .optional()
  .describe(
    'Days after which the new bucket deletes reports and everything else in it. Objects under `report-packs/` are ' +
      'deleted after 15 days in any case. Default: kept forever.',
  );

const loggingAccount = fieldsOf({
  accountId: accountId.describe('ID of the logging account.'),
  roleName: roleName.describe(
    'Role in the logging account that Terraform assumes to create the bucket and its key.',
  ),
})
  .optional()
  .describe(
    'A separate account for the bucket and its key, so that reports are stored where those who collect them cannot ' +
      'change them. Default: the account that runs the collection.',
  );

export const storageOptions = { bucket, encryption, retentionDays, objectLock, loggingAccount };

/** The Region of a KMS key, or nothing for text that is not an ARN: the message of the field reports that. */
export const regionOfKey = (arn: unknown) =>
  typeof arn === 'string' && keyArn.test(arn) ? arn.split(':')[3] : undefined;
