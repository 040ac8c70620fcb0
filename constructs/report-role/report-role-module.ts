import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Fn, TerraformOutput, TerraformStack, TerraformVariable, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { ReportRole } from './report-role';
import { DEFAULT_REPORT_ROLE_NAME } from './report-role-policy';

/**
 * The report role as a plain Terraform module without provider and backend, for pipelines that roll roles out
 * themselves: `module "report_role" { source = "…/cdktf.out/stacks/report-role" }`.
 */
export class ReportRoleModule extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const collectorRoleArn = this.variable(
      'collector_role_arn',
      'ARN of the role of the collect-reports function: the output collector_role_arn of the collection',
    );
    const organizationId = this.variable('organization_id', 'Id of the organization, o-…');
    const roleName = this.variable('role_name', 'Name of the report role', DEFAULT_REPORT_ROLE_NAME);

    // CDKTF wants to see a provider; toTerraform takes it out again.
    new AwsProvider(this, 'aws');
    const partOfArn = (part: number) => Token.asString(Fn.element(Fn.split(':', collectorRoleArn), part));
    const role = new ReportRole(this, 'report-role', {
      partition: partOfArn(1),
      collectorAccountId: partOfArn(4),
      collectorRoleArn,
      organizationId,
      roleName,
    });
    new TerraformOutput(this, 'role_arn', { value: role.arn, description: 'ARN of the report role' });
  }

  private variable(name: string, description: string, byDefault?: string): string {
    const variable = new TerraformVariable(this, name, {
      type: 'string',
      description,
      ...(byDefault && { default: byDefault }),
    });
    return variable.stringValue;
  }

  /** A module takes provider and backend from whoever calls it. */
  override toTerraform(): Record<string, unknown> {
    const { provider: _provider, terraform, ...rest } = super.toTerraform() as Record<string, object>;
    const { backend: _backend, ...requirements } = terraform as Record<string, unknown>;
    // A module does not choose the version for its caller: any that has the two resources will do.
    const required_providers = { aws: { source: 'hashicorp/aws', version: '>= 5.0' } };
    return { ...rest, terraform: { ...requirements, required_providers } };
  }
}
