import { ORGANIZATION } from '../environment/accounts';
import { defaultOptions } from '../environment/environment';
import { ROLE_NAME, pathAndName } from '../environment/fields';
import { BOUNDARY, NO_ADMINISTRATOR_ROLE, OTHER_ROLES, ROLE_PATH } from '../environment/roles';
import type { TextRule } from '../environment/text-rule';

/** Something that whoever deploys the report role decides. */
export interface ReportRoleInput {
  readonly description: string;
  /**
   * An empty text may be given whatever the rules say.
   * @default - none: a value must be given
   */
  readonly default?: string;
  readonly rules: readonly TextRule[];
}

const { reportRoleName, roles } = defaultOptions;

/** What the parameters of the template and the variables of the Terraform module have in common. */
export const reportRoleInputs = {
  collectorRoleArn: {
    description:
      'ARN of the role of the function collect-reports: the output collector_role_arn of the stack',
    rules: [
      {
        pattern: `arn:aws[a-z-]*:iam::\\d{12}:role/${pathAndName(64)}`,
        message: 'must be the ARN of a role, arn:PARTITION:iam::ACCOUNT:role/NAME',
      },
    ],
  },
  organizationId: {
    description: 'ID of the organization, o-exampleorg1: only its principals can assume the role',
    rules: [ORGANIZATION],
  },
  roleName: {
    description: 'Name of the report role: the option reportRoleName',
    default: reportRoleName,
    rules: [ROLE_NAME, OTHER_ROLES, NO_ADMINISTRATOR_ROLE],
  },
  rolePath: {
    description: 'Path of the report role: the option roles.path',
    default: roles.path,
    rules: [ROLE_PATH],
  },
} satisfies Record<string, ReportRoleInput>;

/** The boundary where it is the same for all accounts. */
export const boundaryOfEveryAccount: ReportRoleInput = {
  description:
    'Permissions boundary of the report role, as in the option roles.permissionsBoundary: the name of a policy that every ' +
    'account has, after its path, or the ARN of a policy of AWS. Empty for none',
  default: '',
  rules: [BOUNDARY],
};

/** The boundary where it is that of one account. */
export const boundaryOfOneAccount: ReportRoleInput = {
  description:
    'ARN of the permissions boundary of the report role, in the account of the role; empty for none',
  default: '',
  rules: [
    {
      pattern: `arn:aws[a-z-]*:iam::(aws|\\d{12}):policy/${pathAndName(128)}`,
      message: 'must be the ARN of a policy in the account of the role, or of a policy of AWS',
    },
  ],
};

export const serviceCredentialsInput = {
  description: 'Whether the role may list service-specific credentials too: the option serviceCredentials',
  default: defaultOptions.serviceCredentials,
};
