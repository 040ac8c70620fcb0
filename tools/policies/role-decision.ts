/** Decides what a role of the documents may do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyDocument } from '../../constructs/policy';
import { projectRoot } from '../support/project-root';
import { isAllowedBy } from './evaluator';
import { openToAccount } from './open-to-account';

/** Something that AWS allows or denies. */
export interface RoleCall {
  /** Account of the role that calls. */
  readonly account: string;
  /** As policies name it, such as `s3:GetBucketPolicy`. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys, as far as the policies use them. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export interface DocumentedRole {
  readonly name: string;
  readonly permissions: PolicyDocument;
  /** Who may assume the roles that it assumes. */
  readonly trust?: PolicyDocument;
}

export const readPolicy = (file: string) =>
  JSON.parse(readFileSync(join(projectRoot, file), 'utf8')) as PolicyDocument;

/** @throws if the evaluator finds a mistake in a policy or in the call, such as an action that takes no such resource */
export function roleMay(
  { name, permissions, trust }: DocumentedRole,
  { account, action, resource, context = {} }: RoleCall,
): Promise<boolean> {
  const [, , , , owner = ''] = resource.split(':');
  const accountId = owner === '' ? account : owner;
  // Without a policy of their own that says so, nobody may use a key or assume a role.
  const resourcePolicy = action.startsWith('kms:')
    ? openToAccount(accountId, 'kms:*', '*')
    : action === 'sts:AssumeRole'
      ? trust
      : undefined;
  return isAllowedBy({
    request: {
      principal: `arn:aws:sts::${account}:assumed-role/${name}/session`,
      action,
      resource: { resource, accountId },
      contextVariables: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/${name}`, ...context },
    },
    identityPolicies: [{ name, policy: permissions }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(resourcePolicy && { resourcePolicy }),
  });
}
