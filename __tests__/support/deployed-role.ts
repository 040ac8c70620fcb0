import {
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  ListRoleTagsCommand,
} from '@aws-sdk/client-iam';
import type { Caller } from './emulator/aws-cli';
import { clientOf } from './emulator/organization';
import type { RoleForm } from './report-role-forms';

/** A role as IAM describes it to its administrator. */
export async function deployedRole(RoleName: string, administrator: Caller): Promise<RoleForm> {
  const iam = new IAMClient(clientOf(administrator));
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const { Tags = [] } = await iam.send(new ListRoleTagsCommand({ RoleName }));
  const documents = await Promise.all(
    PolicyNames.map(async (PolicyName) => {
      const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return documentOf(PolicyDocument);
    }),
  );
  return {
    name: Role?.RoleName ?? '',
    path: Role?.Path ?? '',
    boundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
    description: Role?.Description ?? '',
    trust: documentOf(Role?.AssumeRolePolicyDocument),
    statements: documents.flatMap(({ Statement }) => Statement),
    tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}

/** IAM gives policies out encoded for a URL; moto those of CloudFormation in the notation of Python. */
export function documentOf(encoded = ''): { Statement: unknown[] } {
  return JSON.parse(decodeURIComponent(encoded).replaceAll("'", '"')) as { Statement: unknown[] };
}
