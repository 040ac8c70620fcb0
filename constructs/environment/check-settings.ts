import * as z from 'zod';
import { checks } from '../../handlers/checks';
import { ROOT_USER } from '../../handlers/credential-report/credential-row';
import { digestOccasions } from '../../handlers/shared/events';

/** What an environment may choose about checks, exemptions and the digest. */

const text = (pattern: RegExp, allowed: string) => z.string(allowed).regex(pattern, allowed);

/** More than some years of days is a mistake. */
const days = (least: number, byDefault: number) => {
  const allowed = `a whole number of days from ${least} to 3650`;
  return z.int(allowed).min(least, allowed).max(3650, allowed).default(byDefault);
};

const ids = checks.map(({ id }) => id);

const exemption = z.strictObject(
  {
    account: text(/^(\d{12}|\*)$/, 'an account id of 12 digits, or "*"').describe(
      'Account id, or * for every account',
    ),
    // Names of users: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    user: text(
      new RegExp(`^(${ROOT_USER}|[\\w+=,.@*?-]{1,64})$`),
      `the name of a user, "${ROOT_USER}", or a pattern with * and ?`,
    ).describe(`Name of a user, ${ROOT_USER}, or a pattern with * and ?`),
    check: z.enum(ids, `the id of a check: ${ids.join(', ')}`).describe('Id of the check'),
    reason: text(
      /^(?!.*[$%]\{)[^\p{Cc}]{3,200}$/u,
      'a reason of 3 to 200 characters in one line, without what Terraform takes for a template',
    ).describe('Why it is let be; everybody who reads the findings sees it'),
    expires: z.iso
      .date('a date, YYYY-MM-DD')
      .describe('Last day on which it holds; the finding fails again after it'),
  },
  { error: 'an object with account, user, check, reason and expires' },
);

/**
 * They travel in the state machine's definition to a function: a state takes 256 KiB
 * (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html), of which this leaves half.
 */
const MOST_BYTES = 128 * 1024;

export const checkSettings = z.strictObject(
  {
    unusedDays: days(1, 45).describe('An unused credential fails at this age; CIS: 45'),
    rotationDays: days(1, 90).describe('An access key fails when it is older; CIS: 90'),
    rootUnusedDays: days(1, 30).describe(
      'The root user fails when it was used within these days; CIS names no number',
    ),
    exemptions: z
      .array(exemption, 'a list of exemptions')
      .refine(
        (list) => Buffer.byteLength(JSON.stringify(list)) <= MOST_BYTES,
        'at most 128 KiB of exemptions; a pattern can stand for many users',
      )
      .readonly()
      .default([]),
  },
  { error: 'an object' },
);

export const digestOption = z
  .enum(digestOccasions, digestOccasions.map((occasion) => `"${occasion}"`).join(', '))
  .describe('When a mail is sent: accounts failed; that, or findings are new; after every run');
