import * as z from 'zod';
import type { OwnerSettings } from '../../handlers/shared/events';
import { keys } from '../../handlers/shared/bucket-layout';
import { fieldsOf, tagName } from './fields';

/** Whose accounts they are. */

const yesOrNo = () => z.boolean('must be true or false').default(false);

export const owners = fieldsOf({
  tag: tagName
    .optional()
    .describe(
      'Key of the account tag in AWS Organizations whose value is the owner, such as `Owner`. Default: tags are not read.',
    ),
  file: yesOrNo().describe(
    `Whether \`${keys.ownersFile}\` in the report bucket, below \`bucket.prefix\`, names owners by account and organizational ` +
      'unit. You write that file.',
  ),
  email: yesOrNo().describe(
    'Whether the email address of an account is its owner if neither file nor tag names one. It may be personal data: it is ' +
      'stored in the ledger and manifest of every run, and in the tables.',
  ),
  unitNames: yesOrNo().describe(
    'Whether the names of organizational units are read and shown beside their IDs.',
  ),
})
  .prefault({})
  .describe('Who owns the accounts: see [owners](owners.md). By default nothing is read.');

export type OwnerOptions = z.output<typeof owners>;

/** What list-accounts is asked for; nothing by default. */
export function ownerSettings({ tag, file, email, unitNames }: OwnerOptions): OwnerSettings | undefined {
  if (tag === undefined && !file && !email && !unitNames) return undefined;
  return { ...(tag !== undefined && { tag }), file, email, unitNames };
}
