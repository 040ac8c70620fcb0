import { REPORT_ROLE_DESCRIPTION } from './report-role-policy';

/** Text, or a function of AWS CloudFormation. */
type Value = string | Readonly<Record<string, unknown>>;

/** What is in the template of the report role. */
interface ReportRoleTemplateProps {
  readonly roleName: Value;
  /** @default - the path of AWS CloudFormation, `/` */
  readonly path?: Value | undefined;
  /** ARN of a policy in the account of the role. */
  readonly permissionsBoundary?: Value | undefined;
  readonly trust: object;
  readonly permissions: object;
  /** @default - none but the tags of the stack */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** The report role as an AWS CloudFormation template. */
export function reportRoleTemplate({ tags, ...props }: ReportRoleTemplateProps) {
  const { roleName, path, permissionsBoundary, trust, permissions } = props;
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: REPORT_ROLE_DESCRIPTION,
    Resources: {
      ReportRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: roleName,
          ...(path !== undefined && { Path: path }),
          ...(permissionsBoundary !== undefined && { PermissionsBoundary: permissionsBoundary }),
          Description: REPORT_ROLE_DESCRIPTION,
          AssumeRolePolicyDocument: trust,
          Policies: [{ PolicyName: 'credential-report', PolicyDocument: permissions }],
          ...(tags && { Tags: tagList(tags) }),
        },
      },
    },
  };
}

/** An ARN of which AWS CloudFormation knows the account. Not with `Fn::Sub`: Terraform would evaluate its references. */
export const boundaryInEachAccount = (partition: string, policy: string) => ({
  'Fn::Join': [':', ['arn', partition, 'iam', '', { Ref: 'AWS::AccountId' }, `policy/${policy}`]],
});

/** Tags as AWS CloudFormation writes them. By name, in code units: the order of a file says nothing, and Terraform sorts its maps so. */
export const tagList = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
