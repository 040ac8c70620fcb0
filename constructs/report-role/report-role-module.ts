import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Fn, TerraformOutput, TerraformStack, TerraformVariable, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { ReportRole } from './report-role';
import {
  type ReportRoleInput,
  boundaryOfOneAccount,
  reportRoleInputs,
  serviceCredentialsInput,
} from './report-role-inputs';
import { tagValidations, validationsOf } from './variable-validations';

const BOUNDARY = 'permissions_boundary_arn';
const TAGS = 'tags';

/** An expression that is null for an empty variable: CDKTF writes neither null as a default nor an empty text. */
const orNull = (isEmpty: string, variable: string) => `\${${isEmpty} ? null : var.${variable}}`;

/**
 * The report role as a plain Terraform module without provider and backend, for pipelines that deploy the role themselves:
 * `module "report_role" { source = "…/cdktf.out/stacks/report-role" }`.
 */
export class ReportRoleModule extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const collectorRoleArn = this.variable('collector_role_arn', reportRoleInputs.collectorRoleArn);
    const organizationId = this.variable('organization_id', reportRoleInputs.organizationId);
    const roleName = this.variable('role_name', reportRoleInputs.roleName);
    const path = this.variable('role_path', reportRoleInputs.rolePath);
    this.variable(BOUNDARY, boundaryOfOneAccount);
    const serviceCredentials = new TerraformVariable(this, 'service_credentials', {
      type: 'bool',
      ...serviceCredentialsInput,
      nullable: false,
    });
    new TerraformVariable(this, TAGS, {
      type: 'map(string)',
      description: "Tags of the report role, besides the provider's",
      default: {},
      nullable: false,
      validation: tagValidations(TAGS),
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
      permissionsBoundary: orNull(`var.${BOUNDARY} == ""`, BOUNDARY),
      tags: Token.asStringMap(orNull(`length(var.${TAGS}) == 0`, TAGS)),
    });
    new TerraformOutput(this, 'role_arn', { value: role.arn, description: 'ARN of the report role' });
  }

  private variable(name: string, { description, rules, ...input }: ReportRoleInput): string {
    const variable = new TerraformVariable(this, name, {
      type: 'string',
      description,
      ...(input.default !== undefined && { default: input.default }),
      nullable: false,
      validation: validationsOf(name, rules, input.default === ''),
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
