import { IamRole, type IamRoleConfig } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { type IResolvable, TerraformCount, Token, conditional } from 'cdktf';
import { Construct } from 'constructs';
import { assertOptions } from '../assert-options';
import {
  REPORT_ROLE_DESCRIPTION,
  type ReportRoleTrust,
  reportRolePermissions,
  reportRoleTrust,
  serviceCredentialsPermissions,
} from './report-role-policy';

/** Options of {@link ReportRole}. */
export interface ReportRoleProps
  extends ReportRoleTrust, Pick<IamRoleConfig, 'path' | 'permissionsBoundary' | 'tags'> {
  readonly roleName: string;
  /** Whether the role may list service-specific credentials too; an expression of Terraform in the module. */
  readonly serviceCredentials: boolean | IResolvable;
}

/** The report role of one account, created by Terraform. */
export class ReportRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ReportRoleProps) {
    super(scope, id);
    const { roleName, path, tags, serviceCredentials } = props;
    // Also an administrator's role by name: made here, it has only the actions of the report role.
    assertOptions(this, {
      reportRoleName: roleName,
      allowAdministratorRole: true,
      roleDeployment: { kind: 'none' },
      roles: { path },
      tags,
    });
    const role = new IamRole(this, 'role', {
      name: props.roleName,
      path: props.path,
      permissionsBoundary: props.permissionsBoundary,
      tags,
      description: REPORT_ROLE_DESCRIPTION,
      assumeRolePolicy: JSON.stringify(reportRoleTrust(props)),
    });
    new IamRolePolicy(this, 'policy', {
      name: 'credential-report',
      role: role.name,
      policy: JSON.stringify(reportRolePermissions({ serviceCredentials: serviceCredentials === true })),
    });
    if (typeof serviceCredentials !== 'boolean') {
      new IamRolePolicy(this, 'service-credentials', {
        name: 'service-credentials',
        count: TerraformCount.of(Token.asNumber(conditional(serviceCredentials, 1, 0))),
        role: role.name,
        policy: JSON.stringify(serviceCredentialsPermissions()),
      });
    }
    this.arn = role.arn;
  }
}
