import * as z from 'zod';
import { ROLE_NAME, fieldsOf, pathAndName, textBy } from './fields';
import { type TextRule, patternOf } from './text-rule';

/** Options about IAM roles: the name of the report role, and what all roles that are made have in common. */

/**
 * Roles that AWS or its documentation puts into every account with the policy AdministratorAccess:
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html
 * https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html
 * https://docs.aws.amazon.com/controltower/latest/userguide/aft-required-roles.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
 */
export const ADMINISTRATOR_ROLES = [
  'OrganizationAccountAccessRole',
  'AWSControlTowerExecution',
  'aws-controltower-AdministratorExecutionRole',
  'AWSAFTExecution',
  'AWSAFTService',
  'AWSCloudFormationStackSetExecutionRole',
];

/** Whether two roles cannot be in one account: IAM compares names without case, and without their paths. */
export const isSameRole = (one: string, other: string) => nameOf(one) === nameOf(other);

const nameOf = (role: string) => role.split('/').at(-1)?.toLowerCase();

export const isAdministratorRole = (name: unknown) =>
  typeof name === 'string' && ADMINISTRATOR_ROLES.some((role) => isSameRole(role, name));

export const OTHER_ROLES: TextRule = {
  except:
    'iam-credential-reports-(deploy$|plan$|.*-(collect-reports|list-accounts|summarize-run|export-results|workflow|schedule|reader)$)',
  ignoreCase: true,
  message:
    'must not be the name of a role of an environment, such as "iam-credential-reports-production-collect-reports", nor of ' +
    'the role that deploys or plans',
};

/** For roles that are made: those of administrators exist. */
export const NO_ADMINISTRATOR_ROLE: TextRule = {
  except: `(${ADMINISTRATOR_ROLES.join('|')})$`,
  ignoreCase: true,
  message: "must not be one of the administrators' roles that many organizations have in every account",
};

export const reportRoleName = textBy(ROLE_NAME)
  .regex(new RegExp(patternOf(OTHER_ROLES), 'i'), OTHER_ROLES.message)
  .default('iam-credential-report-generation-role')
  .describe(
    'Name of the report role in every account. Two environments in one organization need different names.',
  );

const allowAdministratorRole = z
  .boolean('must be true or false')
  .default(false)
  .describe(
    "Whether `reportRoleName` may be one of the administrators' roles that many organizations have in every account: " +
      `${ADMINISTRATOR_ROLES.map((role) => `\`${role}\``).join(', ')}. Every session is limited to the actions of the ` +
      'report role, but whoever changes the code of the functions could leave that limit out and administer every account. ' +
      'Needs `roleDeployment.kind` `none`.',
  );

/**
 * A function takes no other characters in the ARN of its role
 * (https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html), and a state machine no more than 256
 * (https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html): 93 are of others.
 */
export const ROLE_PATH: TextRule = {
  pattern: '/([\\w+=,.@-]+/)*',
  except: '/aws-(service-role|reserved)/',
  most: 150,
  message:
    'must be "/", or a path that starts and ends with "/", such as "/security/": at most 150 letters, digits, and the ' +
    'characters + = , . @ _ - between slashes, and not one that AWS reserves',
};

const path = textBy(ROLE_PATH)
  .default('/')
  .describe(
    'Path of the roles, such as `/security/`. With `roleDeployment.kind` `none` it is also the path of the report role that ' +
      'your pipeline deploys. If you change it later, change `reportRoleName` at the same time: AWS CloudFormation does not ' +
      'replace a role with another one of the same name.',
  );

export const BOUNDARY: TextRule = {
  pattern: `(${pathAndName(128)}|arn:aws[a-z-]*:iam::aws:policy/${pathAndName(128)})`,
  message:
    'must be the name of a policy that every account has, after its path if it has one, such as "security/boundary", or ' +
    'the ARN of a policy of AWS, arn:PARTITION:iam::aws:policy/NAME; the ARN of your own policy differs between accounts',
};

const permissionsBoundary = textBy(BOUNDARY)
  .optional()
  .describe(
    'Permissions boundary of the roles: the name of a customer managed policy that exists in every account that gets a ' +
      'role, after its path if it has one, such as `security/boundary`, or the ARN of an AWS managed policy. It must allow ' +
      'what the policies of the roles allow. Default: none.',
  );

const roles = fieldsOf({ path, permissionsBoundary })
  .prefault({})
  .describe(
    'What all roles that are made have in common: those of the functions, the workflow and the schedule, and the report ' +
      'role in every account.',
  );

export const roleOptions = { reportRoleName, allowAdministratorRole, roles };
