import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import {
  REPORT_ROLE_DESCRIPTION,
  type ReportRoleTrust,
  reportRolePermissions,
  reportRoleTrust,
} from './report-role-policy';

export interface ReportRoleProps extends ReportRoleTrust {
  readonly roleName: string;
}

/** The report role of one account, created by Terraform. */
export class ReportRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ReportRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'role', {
      name: props.roleName,
      description: REPORT_ROLE_DESCRIPTION,
      assumeRolePolicy: JSON.stringify(reportRoleTrust(props)),
    });
    new IamRolePolicy(this, 'policy', {
      name: 'credential-report',
      role: role.name,
      policy: JSON.stringify(reportRolePermissions()),
    });
    this.arn = role.arn;
  }
}
