import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Fn, TerraformOutput, TerraformStack, TerraformVariable, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { defaultOptions } from '../environment/environment';
import { ReportRole } from './report-role';

const BOUNDARY = 'var.permissions_boundary_arn';

/**
 * The report role as a plain Terraform module without provider and backend, for pipelines that deploy the role themselves:
 * `module "report_role" { source = "…/cdktf.out/stacks/report-role" }`.
 */
export class ReportRoleModule extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const collectorRoleArn = this.variable(
      'collector_role_arn',
      'ARN of the role of the function collect-reports: the output collector_role_arn of the stack',
    );
    const organizationId = this.variable('organization_id', 'ID of the organization, o-…');
    const roleName = this.variable('role_name', 'Name of the report role', defaultOptions.reportRoleName);
    const path = this.variable('role_path', 'Path of the report role: roles.path', defaultOptions.roles.path);
    this.variable(
      'permissions_boundary_arn',
      'ARN of the permissions boundary of the report role, in the account of the role; empty for none',
      '',
    );

    const serviceCredentials = new TerraformVariable(this, 'service_credentials', {
      type: 'bool',
      description:
        'Whether the role may list service-specific credentials too: the option serviceCredentials',
      default: defaultOptions.serviceCredentials,
    });

    // CDKTF requires a provider; toTerraform removes it.
    new AwsProvider(this, 'aws');
    const partOfArn = (part: number) => Token.asString(Fn.element(Fn.split(':', collectorRoleArn), part));
    const role = new ReportRole(this, 'report-role', {
      partition: partOfArn(1),
      collectorAccountId: partOfArn(4),
      collectorRoleArn,
      organizationId,
      roleName,
      path,
      serviceCredentials: serviceCredentials.booleanValue,
      // CDKTF writes neither null as a default nor an empty text in an expression.
      permissionsBoundary: `\${${BOUNDARY} == "" ? null : ${BOUNDARY}}`,
    });
    new TerraformOutput(this, 'role_arn', { value: role.arn, description: 'ARN of the report role' });
  }

  private variable(name: string, description: string, defaultValue?: string): string {
    const variable = new TerraformVariable(this, name, {
      type: 'string',
      description,
      ...(defaultValue !== undefined && { default: defaultValue }),
    });
    return variable.stringValue;
  }

  /** A module gets its provider and backend from its caller. */
  override toTerraform(): Record<string, unknown> {
    const { provider: _provider, terraform, ...rest } = super.toTerraform() as Record<string, object>;
    const { backend: _backend, ...requirements } = terraform as Record<string, unknown>;
    // The caller chooses the version: any that has the two resources works.
    const required_providers = { aws: { source: 'hashicorp/aws', version: '>= 5.0' } };
    return { ...rest, terraform: { ...requirements, required_providers } };
  }
}
