import { IamRole, type IamRoleConfig } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { type IResolvable, TerraformCount, Token, conditional } from 'cdktf';
import { Construct } from 'constructs';
import { assertOptions } from '../assert-options';
import {
  REPORT_POLICY,
  REPORT_ROLE_DESCRIPTION,
  type ReportRolePolicy,
  type ReportRoleTrust,
  SERVICE_CREDENTIALS_POLICY,
  reportRoleTrust,
} from './report-role-policy';

export interface ReportRoleProps
  extends ReportRoleTrust, Pick<IamRoleConfig, 'path' | 'permissionsBoundary'> {
  readonly roleName: string;
  /** Whether the role may list service-specific credentials too; an expression of Terraform in the module. */
  readonly serviceCredentials: boolean | IResolvable;
}

/** The report role of one account, created by Terraform. */
export class ReportRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ReportRoleProps) {
    super(scope, id);
    const { roleName, path, serviceCredentials } = props;
    // Whoever makes an administrator's role here gets one with the actions of the report role.
    assertOptions(this, {
      reportRoleName: roleName,
      allowAdministratorRole: true,
      roleDeployment: { kind: 'none' },
      roles: { path },
    });
    const role = new IamRole(this, 'role', {
      name: props.roleName,
      path: props.path,
      permissionsBoundary: props.permissionsBoundary,
      description: REPORT_ROLE_DESCRIPTION,
      assumeRolePolicy: JSON.stringify(reportRoleTrust(props)),
    });
    const attach = (id: string, { name, document }: ReportRolePolicy, count?: TerraformCount) =>
      new IamRolePolicy(this, id, { name, role: role.name, policy: JSON.stringify(document), count });
    attach('policy', REPORT_POLICY);
    if (serviceCredentials === true) attach('service-credentials', SERVICE_CREDENTIALS_POLICY);
    else if (serviceCredentials !== false) {
      const count = TerraformCount.of(Token.asNumber(conditional(serviceCredentials, 1, 0)));
      attach('service-credentials', SERVICE_CREDENTIALS_POLICY, count);
    }
    this.arn = role.arn;
  }
}
