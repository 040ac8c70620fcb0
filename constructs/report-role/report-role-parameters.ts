import { patternOf } from '../environment/text-rule';
import {
  type ReportRoleInput,
  boundaryOfEveryAccount,
  reportRoleInputs,
  serviceCredentialsInput,
} from './report-role-inputs';
import { reportRolePermissions, reportRoleTrust } from './report-role-policy';
import { boundaryInEachAccount, reportRoleTemplate } from './report-role-template';

const partOf = (text: object, part: number) => ({ 'Fn::Select': [part, { 'Fn::Split': [':', text] }] });

/** What is known from a parameter, by the name with which {@link withFunctions} finds it. */
const DERIVED: Readonly<Record<string, object>> = {
  Partition: partOf({ Ref: 'CollectorRoleArn' }, 1),
  CollectorAccountId: partOf({ Ref: 'CollectorRoleArn' }, 4),
};

/**
 * The report role as an AWS CloudFormation template for whoever deploys it to other accounts: its values are parameters.
 * It has no parameter for tags, because AWS CloudFormation gives those of the stack to the role.
 */
export function parameterizedTemplate() {
  const { AWSTemplateFormatVersion, Description, Resources } = reportRoleTemplate({
    roleName: '${RoleName}',
    path: '${RolePath}',
    permissionsBoundary: either(
      'HasBoundary',
      either(
        'BoundaryIsOfAws',
        '${PermissionsBoundary}',
        boundaryInEachAccount('${Partition}', '${PermissionsBoundary}'),
      ),
      { Ref: 'AWS::NoValue' },
    ),
    trust: reportRoleTrust({
      partition: '${Partition}',
      collectorAccountId: '${CollectorAccountId}',
      collectorRoleArn: '${CollectorRoleArn}',
      organizationId: '${OrganizationId}',
    }),
    permissions: either(
      'ListsServiceCredentials',
      reportRolePermissions({ serviceCredentials: true }),
      reportRolePermissions({ serviceCredentials: false }),
    ),
  });
  const required = ['CollectorRoleArn', 'OrganizationId'];
  return {
    AWSTemplateFormatVersion,
    Description,
    Metadata: {
      // The console sorts parameters by name otherwise.
      'AWS::CloudFormation::Interface': {
        ParameterGroups: [
          { Label: { default: 'The collection' }, Parameters: required },
          {
            Label: { default: 'The role, as in the file of the environment' },
            Parameters: Object.keys(parameters).filter((name) => !required.includes(name)),
          },
        ],
      },
    },
    Parameters: parameters,
    Conditions: {
      HasBoundary: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'PermissionsBoundary' }, ''] }] },
      // With a colon more, so that there is a first part even of an empty text.
      BoundaryIsOfAws: { 'Fn::Equals': [partOf({ 'Fn::Sub': '${PermissionsBoundary}:' }, 0), 'arn'] },
      ListsServiceCredentials: { 'Fn::Equals': [{ Ref: 'ServiceCredentials' }, 'true'] },
    },
    Resources: withFunctions(Resources) as object,
    Outputs: {
      RoleArn: { Description: 'ARN of the report role', Value: { 'Fn::GetAtt': ['ReportRole', 'Arn'] } },
    },
  };
}

const either = (condition: string, value: unknown, otherwise: unknown) => ({
  'Fn::If': [condition, value, otherwise],
});

const parameters = {
  CollectorRoleArn: parameter(reportRoleInputs.collectorRoleArn),
  OrganizationId: parameter(reportRoleInputs.organizationId),
  RoleName: parameter(reportRoleInputs.roleName),
  RolePath: parameter(reportRoleInputs.rolePath),
  PermissionsBoundary: parameter(boundaryOfEveryAccount),
  ServiceCredentials: {
    Type: 'String',
    Description: serviceCredentialsInput.description,
    Default: String(serviceCredentialsInput.default),
    AllowedValues: ['true', 'false'],
  },
};

function parameter({ description, rules, ...input }: ReportRoleInput) {
  // Of the whole pattern, since only names of roles have such a rule, and their characters have both cases.
  const flags = rules.some(({ ignoreCase }) => ignoreCase) ? '(?i)' : '';
  const orEmpty = input.default === '' ? '^$|' : '';
  return {
    Type: 'String',
    Description: description,
    ...(input.default !== undefined && { Default: input.default }),
    // Java's syntax (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-regexes.html).
    AllowedPattern: flags + orEmpty + patternOf(...rules),
    ConstraintDescription: rules.map(({ message }) => message).join('; '),
  };
}

/** Makes references such as `${RoleName}` functions of AWS CloudFormation, wherever they are. */
function withFunctions(value: unknown): unknown {
  if (typeof value === 'string') return withReferences(value);
  if (Array.isArray(value)) return value.map(withFunctions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withFunctions(inner)]));
}

function withReferences(text: string): unknown {
  const names = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
  const [first] = names;
  if (first === undefined) return text;
  if (text === `\${${first}}`) return DERIVED[first] ?? { Ref: first };
  const derived = Object.entries(DERIVED).filter(([name]) => names.includes(name));
  return { 'Fn::Sub': derived.length === 0 ? text : [text, Object.fromEntries(derived)] };
}
