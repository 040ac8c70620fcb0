import * as z from 'zod';
import { checks } from '../../handlers/checks';
import { ROOT_USER } from '../../handlers/credential-report/credential-row';
import { fieldsOf, text } from './fields';

/** Thresholds of the checks, and the findings that are accepted. */

/** More than ten years is a mistake. */
const MOST_DAYS = 3650;

const days = (defaultDays: number) => {
  const message = `must be a whole number of days from 1 to ${MOST_DAYS}`;
  return z.int(message).min(1, message).max(MOST_DAYS, message).default(defaultDays);
};

const checkIds = checks.map(({ id }) => id);

const exemption = fieldsOf({
  account: text(/^(\d{12}|\*)$/, 'a 12-digit account ID, or "*"').describe(
    'Account ID, or `*` for every account.',
  ),
  // Names of users: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  user: text(
    new RegExp(`^(${ROOT_USER}|[\\w+=,.@*?-]{1,64})$`),
    `a user name, "${ROOT_USER}", or a pattern with * and ?`,
  ).describe(`User name, \`${ROOT_USER}\`, or a pattern with \`*\` and \`?\`.`),
  check: z.enum(checkIds, `must be the ID of a check: ${checkIds.join(', ')}`).describe('ID of the check.'),
  reason: text(/^[^\p{Cc}\p{Cs}]{3,200}$/u, 'one line of 3 to 200 characters').describe(
    'Why the finding is accepted. Everybody who reads the findings sees it.',
  ),
  expires: z.iso
    .date('must be a date, YYYY-MM-DD')
    .describe(
      'Last day on which the exemption applies, YYYY-MM-DD; on the next day the finding fails again.',
    ),
});

/**
 * Exemptions travel to a function in the state machine's definition. A state may hold 256 KiB
 * (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html), of which this leaves half.
 */
const MOST_EXEMPTION_BYTES = 128 * 1024;

export const checkOptions = fieldsOf({
  unusedDays: days(45).describe(
    'A credential fails `unused-45-days` when it has not been used for this many days. CIS: 45.',
  ),
  rotationDays: days(90).describe(
    'An access key fails `key-rotation-90-days` when it is older than this many days. CIS: 90.',
  ),
  rootUnusedDays: days(30).describe(
    'The root user fails `root-recent-use` when it was used less than this many days ago. CIS does not give a number.',
  ),
  exemptions: z
    .array(exemption, 'must be a list of exemptions')
    .refine(
      (list) => Buffer.byteLength(JSON.stringify(list)) <= MOST_EXEMPTION_BYTES,
      'must be at most 128 KiB in total; one pattern can stand for many users',
    )
    .default([])
    .describe('Findings that you accept, each for one check and until a date. They are shown as exempt.'),
})
  .prefault({})
  .describe('Thresholds and exemptions of the checks.');
