import * as z from 'zod';
import { checks } from '../../handlers/checks';
import { severities } from '../../handlers/checks/check';
import { frameworks } from '../../handlers/frameworks';
import { ROOT_USER } from '../../handlers/credential-report/credential-row';
import { fieldsOf, text, uniqueList } from './fields';

/** Frameworks, checks with their thresholds and severities, and the findings that are accepted. */

/** More than ten years is a mistake. */
const MOST_DAYS = 3650;

const someDays = () => {
  const message = `must be a whole number of days from 1 to ${MOST_DAYS}`;
  return z.int(message).min(1, message).max(MOST_DAYS, message);
};
const days = (defaultDays: number) => someDays().default(defaultDays);

const checkIds = checks.map(({ id }) => id);
const checkId = z.enum(checkIds, `must be the ID of a check: ${checkIds.join(', ')}`);
const frameworkIds = frameworks.map(({ id }) => id);
const frameworkId = z.enum(frameworkIds, `must be the ID of a framework: ${frameworkIds.join(', ')}`);

const exemption = fieldsOf({
  account: text(/^(\d{12}|\*)$/, 'a 12-digit account ID, or "*"').describe(
    'Account ID, or `*` for every account.',
  ),
  // Names of users: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  user: text(
    new RegExp(`^(${ROOT_USER}|[\\w+=,.@*?-]{1,64})$`),
    `a user name, "${ROOT_USER}", or a pattern with * and ?`,
  ).describe(`User name, \`${ROOT_USER}\`, or a pattern with \`*\` and \`?\`.`),
  check: checkId.describe('ID of the check.'),
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
  frameworks: uniqueList(frameworkId)
    .default(['cis-v7.0', 'cis-v5.0'])
    .describe(
      'Benchmarks, standards and laws whose controls are shown. Their checks are on; see `docs/frameworks.md`.',
    ),
  on: uniqueList(checkId)
    .default([])
    .describe('Checks that are on although none of the frameworks asks for them; see `docs/checks.md`.'),
  off: uniqueList(checkId)
    .default([])
    .describe('Checks that are off. A control of a framework that needs one of them is not assessed.'),
  severities: z
    .partialRecord(checkId, z.enum(severities, `must be one of ${severities.join(', ')}`))
    .default({})
    .describe('Severities other than those of `docs/checks.md`, by the ID of the check.'),
  unusedDays: days(45).describe(
    'A credential fails `unused-45-days` when it has not been used for this many days. CIS: 45.',
  ),
  rotationDays: days(90).describe(
    'An access key fails `key-rotation-90-days` when it is older than this many days. CIS: 90.',
  ),
  rootUnusedDays: days(30).describe(
    'The root user fails `root-recent-use` when it was used less than this many days ago. CIS does not give a number.',
  ),
  freshKeyDays: days(1).describe(
    'An access key that is younger than this many days passes `key-at-setup` although it was never used. A report needs up ' +
      'to a day to show that a key was used.',
  ),
  machines: fieldsOf({
    unusedDays: someDays().optional().describe('Replaces `unusedDays`. Default: the same.'),
    rotationDays: someDays().optional().describe('Replaces `rotationDays`. Default: the same.'),
  })
    .default({})
    .describe('Thresholds for machines: users without a console password.'),
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
  .describe('Frameworks, checks with their thresholds, and exemptions.');
