import * as z from 'zod';
import { accountId, fieldsOf, oneOfKinds, text, textBy, uniqueList } from './fields';
import { roleOptions } from './roles';
import type { TextRule } from './text-rule';

/** Options about the organization: which accounts are collected, and through which role. */

/** How the IDs of organizational units begin, unlike those of roots. */
export const OU_PREFIX = 'ou-';
/** Source of a pattern. */
export const OU_ID = `${OU_PREFIX}[0-9a-z]{4,32}-[0-9a-z]{8,32}`;

/** Source of a pattern. */
export const ROOT_ID = 'r-[0-9a-z]{4,32}';
/** Source of a pattern. */
export const ORGANIZATION_ID = 'o-[a-z0-9]{10,32}';

const organizationalUnit = text(new RegExp(`^${OU_ID}$`), 'the ID of an organizational unit, ou-…');

const stackSetTarget = text(
  new RegExp(`^(${OU_ID}|${ROOT_ID})$`),
  'the ID of a root, r-…, or of an organizational unit, ou-…',
);

export const ORGANIZATION: TextRule = {
  pattern: ORGANIZATION_ID,
  message: 'must be an organization ID: o- and 10 to 32 letters and digits',
};

const organizationId = textBy(ORGANIZATION)
  .optional()
  .describe(
    'ID of the organization. The report roles trust callers in this organization only. Set it if your organization is ' +
      'large: to look it up, Terraform reads every account, and keeps them in its state. Default: looked up.',
  );

const collectFrom = z
  .enum(
    ['management-account', 'delegated-administrator'],
    'must be "management-account" or "delegated-administrator"',
  )
  .default('management-account')
  .describe(
    'The account that runs the collection. A delegated administrator of CloudFormation StackSets keeps workloads out of ' +
      'the management account.',
  );

const roleDeployment = oneOfKinds(
  [
    fieldsOf({
      kind: z
        .literal('stack-set')
        .describe('A service-managed StackSet deploys the role, also to accounts that join later.'),
      targets: uniqueList(stackSetTarget)
        .min(1, 'must list at least one ID')
        .optional()
        .describe(
          'IDs of the root or of the organizational units whose accounts get the role. An account that is collected but ' +
            'gets no role fails as `role-not-assumable`; by default only the accounts of these organizational units, and the ' +
            'account that collects, are collected. ' +
            'Set it if your organization is large: to look the root up, Terraform reads every account, and keeps them in its ' +
            'state. The stack instances of the accounts are read and kept in any case. ' +
            'Default: the root of the organization, looked up.',
        ),
    }),
    fieldsOf({
      kind: z
        .literal('none')
        .describe('Your own pipeline or account factory deploys the role; see `docs/account-factories.md`.'),
    }),
  ],
  '"stack-set" or "none"',
)
  .default({ kind: 'stack-set' })
  .describe('How the report role gets into the accounts.');

const accounts = fieldsOf({
  includeOus: uniqueList(organizationalUnit)
    .optional()
    .describe(
      'IDs of organizational units; only accounts below them are collected. `[]` means every account. Default: the ' +
        'organizational units in `roleDeployment.targets`, and the account that collects if Terraform creates its role; every ' +
        'account if the target is the root, or if `roleDeployment.kind` is `none`.',
    ),
  excludeOus: uniqueList(organizationalUnit)
    .default([])
    .describe('IDs of organizational units whose accounts are not collected.'),
  exclude: uniqueList(accountId)
    .default([])
    .describe(
      'IDs of accounts that are not collected; the summary lists them as skipped. The StackSet of a delegated ' +
        'administrator does not reach the management account: list that account here, or give it the role yourself.',
    ),
})
  .prefault({})
  .describe('Which accounts are collected. Accounts that are not active are always skipped.');

const serviceCredentials = z
  .boolean('must be true or false')
  .default(false)
  .describe(
    'Whether service-specific credentials are collected too: API keys of Amazon Bedrock and CloudWatch Logs, and passwords for ' +
      'CodeCommit and Amazon Keyspaces, which no credential report has. The report role of every account then may also call ' +
      '`iam:ListServiceSpecificCredentials`. An account that refuses it is collected, and its service-specific credentials ' +
      'are unknown.',
  );

export const accountOptions = {
  organizationId,
  collectFrom,
  roleDeployment,
  ...roleOptions,
  accounts,
  serviceCredentials,
};
