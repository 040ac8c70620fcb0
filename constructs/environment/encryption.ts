import * as z from 'zod';
import { fieldsOf, oneOfKinds, text, uniqueList } from './fields';

/** Options about the key that encrypts what is stored. */

const keyArn = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

export const keyArnText = text(keyArn, 'the ARN of a KMS key, arn:…:kms:REGION:ACCOUNT:key/ID');

const formerKeyArns = uniqueList(keyArnText)
  .default([])
  .describe(
    'ARNs of KMS keys with which the bucket was encrypted earlier. The functions may decrypt with them what they read ' +
      'again, such as the manifest before. Default: none.',
  );

export const encryption = oneOfKinds(
  [
    fieldsOf({
      kind: z
        .literal('bucket-default')
        .describe(
          'The default encryption of the bucket: keys that S3 manages, free of charge, in a new bucket; whatever its owner ' +
            'has set in an existing one, which is not told how to encrypt.',
        ),
      formerKeyArns,
    }),
    fieldsOf({
      kind: z
        .literal('s3-managed')
        .describe(
          'Keys that S3 manages, free of charge. The functions ask for them also in an existing bucket, whatever its default ' +
            'encryption is.',
        ),
      formerKeyArns,
    }),
    fieldsOf({
      kind: z
        .literal('new-key')
        .describe(
          'A KMS key that Terraform creates, $1 a month. Not possible with an existing bucket. If you change to another ' +
            'kind later, the key stays: name it in `formerKeyArns`.',
        ),
      formerKeyArns,
    }),
    fieldsOf({
      kind: z
        .literal('existing-key')
        .describe(
          'Your own KMS key, which the functions name in every request that writes. Choose it also if it is the default of ' +
            'an existing bucket, so that the functions may use it. Its key policy must allow that: the output ' +
            '`key_policy_statements` has the statements for a key in another account.',
        ),
      keyArn: keyArnText.describe(
        'ARN of your KMS key, in the Region of the environment. An alias is not accepted.',
      ),
      formerKeyArns,
    }),
  ],
  '"bucket-default", "s3-managed", "new-key", or "existing-key"',
)
  .prefault({ kind: 'bucket-default' })
  .describe('How everything in the bucket is encrypted.');

/** Partition and Region of a KMS key, or nothing for text that is not an ARN: the message of the field reports that. */
export function placeOfKey(arn: unknown): { partition: string; region: string } | undefined {
  if (typeof arn !== 'string' || !keyArn.test(arn)) return undefined;
  const [, partition = '', , region = ''] = arn.split(':');
  return { partition, region };
}
