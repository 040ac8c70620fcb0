import { GetRoleCommand, GetRolePolicyCommand, IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam';
import { documentOf } from '../support/deployed-role';
import { type Organization, clientOf } from '../support/emulator/organization';

export interface ReportRole {
  trust: unknown;
  permissions: unknown;
}

/** The report role of every account that has one, by the name of the account. */
export async function reportRoles(
  RoleName: string,
  { accounts, administrator }: Organization,
): Promise<Record<string, ReportRole>> {
  const roles: Record<string, ReportRole> = {};
  for (const name of accounts.keys()) {
    const iam = new IAMClient(clientOf(await administrator(name)));
    try {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
      const policy = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'credential-report' }));
      roles[name] = {
        trust: documentOf(Role?.AssumeRolePolicyDocument),
        permissions: documentOf(policy.PolicyDocument),
      };
    } catch (error) {
      if (!(error instanceof NoSuchEntityException)) throw error;
    }
  }
  return roles;
}
