/** The report role in each form in which it is deployed, as IAM gets it. */
import { Testing } from 'cdktf';
import { ReportRoleModule } from '../../constructs/report-role/report-role-module';
import { parameterizedTemplate } from '../../constructs/report-role/report-role-parameters';
import { ACCOUNT, SynthesizedStack } from '../../tools/support/synthesized-stack';
import { resolvedProperties } from './resolved-template';

/** An account that is collected; {@link ACCOUNT} collects. */
export const MEMBER = '222222222222';
export const ORGANIZATION_ID = 'o-exampleorg1';
export const COLLECTOR_ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/iam-credential-reports-test-collect-reports`;

export interface RoleForm {
  name: string;
  path: string;
  boundary: string | undefined;
  description: string;
  trust: unknown;
  /** Of all its policies. */
  statements: unknown[];
  tags: Record<string, string>;
}

interface Properties {
  RoleName: string;
  Path?: string;
  PermissionsBoundary?: string;
  Description: string;
  AssumeRolePolicyDocument: unknown;
  Policies: { PolicyDocument: { Statement: unknown[] } }[];
  Tags?: { Key: string; Value: string }[];
}

type Template = Parameters<typeof resolvedProperties>[0];

/** The role that the StackSet of an environment creates. */
export function byStackSet(environment: object): RoleForm {
  const stack = new SynthesizedStack({
    organizationId: ORGANIZATION_ID,
    roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] },
    ...environment,
  });
  const body = stack.resource('report-role-stack-set/stack-set').template_body as string;
  return formOf(JSON.parse(body) as Template, {});
}

/** The role that the template with parameters creates. */
export const byTemplate = (parameters: Record<string, string> = {}): RoleForm =>
  formOf(parameterizedTemplate() as unknown as Template, {
    CollectorRoleArn: COLLECTOR_ROLE_ARN,
    OrganizationId: ORGANIZATION_ID,
    ...parameters,
  });

function formOf(template: Template, parameters: Record<string, string>): RoleForm {
  const properties = resolvedProperties(template, 'ReportRole', { account: MEMBER, parameters });
  const { Path = '/', Policies, Tags = [], ...role } = properties as unknown as Properties;
  return {
    name: role.RoleName,
    path: Path,
    boundary: role.PermissionsBoundary,
    description: role.Description,
    trust: role.AssumeRolePolicyDocument,
    statements: Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
    tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
  };
}

interface ModuleJson {
  variable: Record<string, { default?: unknown }>;
  resource: {
    aws_iam_role: Record<string, Record<string, string>>;
    aws_iam_role_policy: Record<string, { count?: string; policy: string }>;
  };
}

/** The role that the Terraform module creates. */
export function byModule(variables: Record<string, unknown> = {}): RoleForm {
  const module = new ReportRoleModule(Testing.app(), 'report-role');
  const { variable, resource } = JSON.parse(Testing.synth(module)) as ModuleJson;
  const values: Record<string, unknown> = {
    ...Object.fromEntries(Object.entries(variable).map(([name, one]) => [name, one.default])),
    collector_role_arn: COLLECTOR_ROLE_ARN,
    organization_id: ORGANIZATION_ID,
    ...variables,
  };
  const evaluate = (text: string) => evaluated(text, values);
  const [role = {}] = Object.values(resource.aws_iam_role);
  const policies = Object.values(resource.aws_iam_role_policy).filter(
    ({ count }) => count === undefined || evaluate(count) === 1,
  );
  return {
    name: evaluate(role.name!) as string,
    path: evaluate(role.path!) as string,
    boundary: (evaluate(role.permissions_boundary!) ?? undefined) as string | undefined,
    description: role.description!,
    trust: JSON.parse(evaluate(role.assume_role_policy!) as string),
    statements: policies.flatMap(({ policy }) => (JSON.parse(policy) as { Statement: unknown[] }).Statement),
    tags: (evaluate(role.tags!) ?? {}) as Record<string, string>,
  };
}

/** What Terraform makes of a text: the expressions of the module, and no others. */
function evaluated(text: string, values: Record<string, unknown>): unknown {
  const [, only] = /^\$\{([^}]*)\}$/.exec(text) ?? [];
  if (only !== undefined) return expression(only, values);
  return text.replaceAll(/\$\{([^}]*)\}/g, (_all, inner: string) => String(expression(inner, values)));
}

function expression(source: string, values: Record<string, unknown>): unknown {
  const [, name = ''] = /var\.(\w+)/.exec(source) ?? [];
  const value = values[name];
  const [, part] = /^element\(split\(":", var\.\w+\), (\d)\)$/.exec(source) ?? [];
  if (part !== undefined) return String(value).split(':')[Number(part)];
  if (source === `var.${name}`) return value;
  if (source === `var.${name} ? 1 : 0`) return value === true ? 1 : 0;
  if (source === `var.${name} == "" ? null : var.${name}`) return value === '' ? null : value;
  if (source === `length(var.${name}) == 0 ? null : var.${name}`)
    return Object.keys(value as object).length === 0 ? null : value;
  throw new Error(`the evaluator does not know ${source}`);
}
