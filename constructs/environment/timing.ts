import * as z from 'zod';
import { MOST_BATCH_SIZE, MOST_CONCURRENCY } from '../workflow/run-times';
import { fieldsOf, wholeNumber } from './fields';

/** Options about when a run starts, how long it waits for reports, and how much it does at the same time. */

const schedule = fieldsOf({
  hour: wholeNumber(0, 23).default(8).describe('Hour at which the daily run starts.'),
  timezone: z
    .string('must be the IANA name of a time zone')
    .refine(isTimeZone, 'must be the IANA name of a time zone, such as "UTC" or "Europe/Vienna"')
    .default('UTC')
    .describe(
      'Time zone of the hour, as an IANA name such as `Europe/Vienna`. A time zone with daylight saving time skips a run ' +
        'whose hour the change of the clocks skips; `UTC` does not.',
    ),
})
  .prefault({})
  .describe('When a run starts, every day.');

const waiting = fieldsOf({
  // A Wait state takes less than a year; more than a day for a report is a mistake.
  seconds: wholeNumber(1, 3_600)
    .default(60)
    .describe(
      'Length of a cycle in seconds. An account may take `seconds` times `cycles` to generate its report.',
    ),
  cycles: wholeNumber(1, 1_000)
    .default(45)
    .describe('Cycles after which an account whose report is not ready fails as `not-ready`.'),
})
  .prefault({})
  .describe('How long a run waits for reports.');

/**
 * A batch starts every second, so `batchSize` is also how many accounts are polled in a second. STS allows 600 calls a
 * second in an account and Region (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html), which
 * others need too. At 200 accounts a batch, 50,000 accounts, the most of an organization, are 250 batches, which all run
 * at once.
 */
const scale = fieldsOf({
  batchSize: wholeNumber(1, MOST_BATCH_SIZE)
    .default(200)
    .describe('Accounts in a batch, which one invocation of `collect-reports` polls.'),
  batchConcurrency: wholeNumber(1, 50)
    .default(40)
    .describe('Accounts of a batch that are polled at the same time.'),
  mapConcurrency: wholeNumber(1, MOST_CONCURRENCY)
    .default(1_000)
    .describe(
      'Batches that run at the same time. Settings with which a run of 50,000 accounts could not end in its time limit are ' +
        'refused: see [settings and times](scale.md#settings-and-times).',
    ),
})
  .prefault({})
  .describe('How the work is divided. The defaults suit organizations of every size.');

const reservedConcurrency = wholeNumber(1, 10_000)
  .optional()
  .describe(
    'Concurrency reserved for `collect-reports`, which is also the most that it gets. AWS refuses to reserve any in a new ' +
      'account, whose limit is 10. Default: unreserved.',
  );

export const timingOptions = { schedule, waiting, scale, reservedConcurrency };

/** IANA names begin with a capital letter; Node also knows offsets and other spellings, which AWS does not accept. */
function isTimeZone(name: string): boolean {
  try {
    return (
      /^[A-Z]/.test(name) &&
      new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
    );
  } catch {
    return false;
  }
}
