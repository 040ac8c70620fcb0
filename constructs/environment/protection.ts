import * as z from 'zod';
import { bucketName, fieldsOf, text, wholeNumber } from './fields';

/** Options about how long reports are kept, and what makes them evidence. */

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
    'Days after which reports and everything else of the environment expire in the new bucket, except the public keys ' +
      'below `signing-keys/`. An earlier version of a report, ledger, outcome, or manifest, and one that has expired, is ' +
      'kept for as many days again. Objects under `reviews/` are deleted after 15 days in any case. Default: kept ' +
      'forever.',
  );

const signing = z
  .boolean('must be true or false')
  .default(false)
  .describe(
    'Whether to sign the manifest of each run with a KMS key that Terraform creates, $1 a month, in the logging account if ' +
      'there is one. Only `summarize-run` may sign with it. If you set this to `false` later, the key stays, and earlier ' +
      'signatures can still be verified.',
  );

const accessLogging = fieldsOf({
  bucketName: bucketName.describe(
    'Bucket that receives the log, in the account and Region of the report bucket. Its policy must have the statements of the ' +
      'output `access_logging_policy_statements`. It must be encrypted with keys that S3 manages, and have no default Object ' +
      'Lock retention.',
  ),
  prefix: text(/^[\w.\/-]{0,100}$/, 'empty, or at most 100 letters, digits, and the characters . _ / -')
    .default('')
    .describe('Comes before every key of the log. Default: none.'),
})
  .optional()
  .describe(
    'Logs every request to the buckets that Terraform creates. The log goes to another bucket, which exists. AWS CloudTrail ' +
      'data events are an alternative. Default: no log of requests.',
  );

const allowDestroy = z
  .boolean('must be true or false')
  .default(false)
  .describe(
    'Whether Terraform may destroy or replace what it created to last: the bucket with every report in it, the KMS keys, and ' +
      'the StackSet instances of the report role. Otherwise a plan that would do so fails. In any case a bucket or key that the ' +
      'file no longer chooses is kept and forgotten, and the role goes from targets that you remove. Deploy this option by ' +
      'itself before you destroy an environment, and change nothing else while it is set.',
  );

export const protectionOptions = { retentionDays, objectLock, signing, accessLogging, allowDestroy };
