import { ADMINISTRATOR_ROLES, isAdministratorRole, isSameRole } from './roles';
import { type Rule, type Unchecked, partitionNameOf } from './rule';

/** Nothing here adds any, and those of AWS do not count (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
export const MOST_TAGS = 50;
export const TOO_MANY_TAGS = `must be at most ${MOST_TAGS} tags, which is what AWS accepts for a resource`;
export const TAGS_OF_ONE_NAME =
  'must not have names that differ only in upper and lower case, which IAM takes for the same ' +
  '(https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#case-sensitivity)';

const namesIn = (tags: unknown) => (typeof tags === 'object' && tags !== null ? Object.keys(tags) : []);

const hasAdministratorRole = ({ reportRoleName }: Unchecked) => isAdministratorRole(reportRoleName);
const isStackSet = ({ roleDeployment }: Unchecked) => roleDeployment?.kind === 'stack-set';

/** About roles, the accounts that get them, and the tags of everything. */
export const roleRules: readonly Rule[] = [
  {
    path: ['reportRoleName'],
    message:
      "must not be an administrator's role: whoever changes the code of the functions could administer every account. Use " +
      'a role of its own, or set `allowAdministratorRole` to true',
    isBroken: (environment) =>
      hasAdministratorRole(environment) && environment.allowAdministratorRole !== true,
    inModule: `!contains(${JSON.stringify(ADMINISTRATOR_ROLES.map((role) => role.toLowerCase()))}, lower(element(reverse(split("/", var.report_role_name)), 0)))`,
  },
  {
    path: ['roleDeployment', 'kind'],
    message:
      'must be "none" with the `reportRoleName` of an existing role, which a StackSet cannot create again. The default is ' +
      '"stack-set"',
    isBroken: (environment) => hasAdministratorRole(environment) && isStackSet(environment),
  },
  {
    path: ['collectFrom'],
    message:
      'must be "management-account" with the `reportRoleName` of a role that every other account has: Terraform creates ' +
      'one of that name in the account that collects',
    isBroken: (environment) =>
      hasAdministratorRole(environment) && environment.collectFrom === 'delegated-administrator',
  },
  {
    path: ['roles', 'path'],
    message: 'must be "/" with the `reportRoleName` of an existing role, which has that path',
    isBroken: (environment) => hasAdministratorRole(environment) && environment.roles?.path !== '/',
  },
  {
    path: ['tags'],
    message: TOO_MANY_TAGS,
    isBroken: ({ tags }) => namesIn(tags).length > MOST_TAGS,
  },
  {
    path: ['tags'],
    message: TAGS_OF_ONE_NAME,
    isBroken: ({ tags }) =>
      new Set(namesIn(tags).map((name) => name.toLowerCase())).size < namesIn(tags).length,
  },
  {
    path: ['roles', 'permissionsBoundary'],
    message: 'must be the ARN of a policy in the partition of the Region',
    isBroken: ({ region, roles }) => {
      const [, partition] = /^arn:([^:]+):/.exec(String(roles?.permissionsBoundary)) ?? [];
      return partition !== undefined && partition !== partitionNameOf(region);
    },
    inModule:
      'try(startswith(var.roles.permissions_boundary, "arn:"), false) ? startswith(var.roles.permissions_boundary, "arn:${local.partition}:") : true',
  },
  {
    path: ['loggingAccount', 'roleName'],
    message: 'must differ from `reportRoleName`, which the StackSet creates in the logging account too',
    isBroken: (environment) => {
      const { loggingAccount, reportRoleName } = environment;
      return isStackSet(environment) && isSameRole(String(loggingAccount?.roleName), String(reportRoleName));
    },
  },
  {
    path: ['roleDeployment', 'kind'],
    message:
      'must be "none" in the China Regions, where StackSets cannot use trusted access to AWS Organizations ' +
      '(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs.html). The default is "stack-set"',
    isBroken: ({ region, roleDeployment }) =>
      partitionNameOf(region) === 'aws-cn' && roleDeployment?.kind === 'stack-set',
    inModule: 'local.partition != "aws-cn" || var.role_deployment.kind == "none"',
  },
  {
    path: ['roleDeployment', 'targets'],
    message: 'must be the root alone, or organizational units: the root includes every unit',
    isBroken: ({ roleDeployment }) =>
      Array.isArray(roleDeployment?.targets) &&
      roleDeployment.targets.length > 1 &&
      roleDeployment.targets.some((target) => typeof target === 'string' && target.startsWith('r-')),
    inModule:
      'try(length(var.role_deployment.targets), 0) <= 1 || !anytrue([for target in coalesce(var.role_deployment.targets, []) : startswith(target, "r-")])',
  },
];
