/** Requests that AWS checks for several resources. */
import { type Parameters, type ParsedRequest, textOf } from './parsed-request';

/** Makes the ARN of something in the account and Region of the request. */
export type Arn = (resource: string) => string;

/**
 * Operations on instances, and an update of a StackSet that has some, are checked for the StackSet, each target and each
 * type of its template
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security_iam_id-based-policy-examples.html). AWS chooses
 * the ID of a StackSet.
 */
export function stackSetResources({ action, parameters }: ParsedRequest, arn: Arn): string[] {
  const name = `${textOf(parameters, 'StackSetName')}:ID`;
  const targets = valuesOf(parameters, 'DeploymentTargets.OrganizationalUnitIds.member.');
  const types = [...(textOf(parameters, 'TemplateBody') ?? '').matchAll(/"Type": *"([\w:]+)"/g)];
  return [
    arn(`stackset/${name}`),
    ...targets.map((target) => arn(`stackset-target/${name}/${target}`)),
    ...types.map(([, type = '']) => arn(`type/resource/${type.replaceAll('::', '-')}`)),
    // The template is in the StackSet.
    ...(action.endsWith('StackInstances') && targets.length > 0 ? [arn('type/resource/AWS-IAM-Role')] : []),
  ];
}

const valuesOf = (parameters: Parameters, start: string) =>
  Object.entries(parameters).flatMap(([name, value]) =>
    name.startsWith(start) && typeof value === 'string' ? [value] : [],
  );

/** A table is checked with its database and the catalog, and the end of a database with all that is in it. */
export function glueResources({ action, parameters }: ParsedRequest, arn: Arn): string[] {
  const tagged = textOf(parameters, 'ResourceArn');
  if (tagged !== undefined) return [tagged];
  const input = (field: string) => textOf((parameters[field] ?? {}) as Parameters, 'Name');
  const isOfDatabase = action.endsWith('Database');
  const database =
    textOf(parameters, 'DatabaseName') ??
    (isOfDatabase ? (input('DatabaseInput') ?? textOf(parameters, 'Name')) : '');
  const table = isOfDatabase ? undefined : (textOf(parameters, 'TableName', 'Name') ?? input('TableInput'));
  const contents = [`table/${database}/*`, `userDefinedFunction/${database}/*`];
  return [
    `database/${database}`,
    'catalog',
    ...(table === undefined ? [] : [`table/${database}/${table}`]),
    ...(action === 'DeleteDatabase' ? contents : []),
  ].map(arn);
}
