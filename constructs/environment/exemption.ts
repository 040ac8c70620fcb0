import * as z from 'zod';
import { ORGANIZATION } from '../../handlers/core/judge';
import { scopeKinds, scopeOf } from '../../handlers/core/exemption-scopes';
import { ROOT_USER } from '../../handlers/credential-report/credential-row';
import { Exemption } from '../../handlers/shared/events';
import { checkId } from './check-id';
import { ORGANIZATION_ID, OU_ID, ROOT_ID } from './accounts';
import { fieldsOf, text } from './fields';
import type { Unchecked } from './rule';

/** One exemption, as an environment file or an exemptions file has it. */

const oneLine = (least: number, most: number) =>
  text(
    new RegExp(`^[^\\p{Cc}\\p{Cs}]{${least},${most}}$`, 'u'),
    `one line of ${least} to ${most} characters`,
  );

/** Names of the fields of which an exemption has one. */
const SCOPES = scopeKinds.map((kind) => `\`${kind}\``).join(', ');

const OTHER_SCOPE = `Default: none; an exemption has exactly one of ${SCOPES}.`;

export const exemption = fieldsOf({
  account: text(/^(\d{12}|\*)$/, 'a 12-digit account ID, or "*"')
    .optional()
    .describe(`Account ID, or \`*\` for every account. ${OTHER_SCOPE}`),
  ou: text(
    new RegExp(`^(${OU_ID}|${ROOT_ID}|${ORGANIZATION_ID}/${ROOT_ID}(/${OU_ID})*/?)$`),
    'the ID of an organizational unit or root, ou-… or r-…, or its path, o-…/r-…/ou-…',
  )
    .optional()
    .describe(
      'ID of an organizational unit or root, or its path `o-…/r-…/ou-…`: every account below it. A path applies only while ' +
        `the unit is there. ${OTHER_SCOPE}`,
    ),
  accountTag: fieldsOf({
    key: oneLine(1, 128).describe('Key of the tag.'),
    value: oneLine(0, 256).describe('Its value. Upper and lower case matter.'),
  })
    .optional()
    .describe(`Tag of accounts in AWS Organizations. ${OTHER_SCOPE}`),
  // As long as the value of a tag, which names owners.
  owner: oneLine(1, 256).optional().describe(`Owner of accounts, as the page shows it. ${OTHER_SCOPE}`),
  // Names of users: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  user: text(
    new RegExp(`^(${ROOT_USER}|${ORGANIZATION}|[\\w+=,.@*?-]{1,64})$`),
    `a user name, "${ROOT_USER}", "${ORGANIZATION}", or a pattern with * and ?`,
  ).describe(
    `User name, \`${ROOT_USER}\`, \`${ORGANIZATION}\`, or a pattern with \`*\` and \`?\`. Findings about the organization ` +
      'belong to no account: only an exemption for every account covers them.',
  ),
  check: checkId.describe('ID of the check.'),
  reason: oneLine(3, 200).describe('Why the finding is accepted. Everybody who reads the findings sees it.'),
  expires: z.iso
    .date('must be a date, YYYY-MM-DD')
    .describe(
      'Last day on which the exemption applies, YYYY-MM-DD; on the next day the finding fails again.',
    ),
  approvedBy: oneLine(1, 100)
    .optional()
    .describe('Who accepted it; shown with the reason. Default: nobody is named.'),
  ticket: oneLine(1, 200)
    .optional()
    .describe(
      'Where that is written, such as the number of a ticket; shown with the reason. Default: no ticket.',
    ),
}).refine((value) => scopeKinds.filter((kind) => value[kind] !== undefined).length === 1, {
  error: `must have exactly one of ${SCOPES}`,
  when: ({ value }) => typeof value === 'object' && value !== null,
});

export const FOR_OWNERS =
  'must not be for an `owner` as long as `owners` has no `tag`, `file` or `email`: nobody knows the owners of accounts then';

/** Whether an exemption is for an owner, although the environment reads none. Nothing need be valid. */
export function isForUnreadOwners(exemptions: unknown, owners: Unchecked['owners'] | null): boolean {
  const { tag, file, email } = owners ?? {};
  const isRead = tag !== undefined || file === true || email === true;
  return (
    !isRead &&
    Array.isArray(exemptions) &&
    exemptions.some((one: { owner?: unknown } | null) => one?.owner !== undefined)
  );
}

/**
 * Exemptions of the same check, accounts and user as an earlier one: nobody knows which reason and date are meant. Those
 * that are not valid are not compared.
 */
export function repeatedExemptions(
  list: readonly unknown[],
  nameOf = (index: number) => `item ${index}`,
): string[] {
  const first = new Map<string, number>();
  return list.flatMap((item, index) => {
    const { success, data } = Exemption.safeParse(item);
    if (!success) return [];
    const key = JSON.stringify([data.check, scopeOf(data), data.user]);
    const before = first.get(key);
    if (before === undefined) first.set(key, index);
    if (before === undefined) return [];
    return [
      `must not repeat a check, accounts and user: ${nameOf(index)} is like ${nameOf(before)}; keep one`,
    ];
  });
}
