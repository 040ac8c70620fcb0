/** The roles that deploy, as docs/deployer.md creates them. */
import type { PolicyDocument } from '../../../constructs/policy';
import { type RoleCall, readPolicy, roleMay } from '../role-decision';

/** The accounts that the policies stand for. */
export const COLLECTING_ACCOUNT = '111111111111';
export const LOGGING_ACCOUNT = '222222222222';

/** The same in both accounts. */
export const DEPLOY_ROLE = 'iam-credential-reports-deploy';

const FILES: Readonly<Record<string, string>> = {
  [COLLECTING_ACCOUNT]: 'docs/deploy-role',
  [LOGGING_ACCOUNT]: 'docs/deploy-role-logging-account',
};

export const permissionsFile = (account: string) => `${FILES[account]}-permissions.json`;
export const trustFile = (account: string) => `${FILES[account]}-trust.json`;

/** Permissions by account. */
export type Permissions = Readonly<Record<string, PolicyDocument>>;

export const documentedPermissions = (): Permissions =>
  Object.fromEntries(Object.keys(FILES).map((account) => [account, readPolicy(permissionsFile(account))]));

/** Whether the role in the account of a call may make it. */
export async function deployerMay(call: RoleCall, all = documentedPermissions()): Promise<boolean> {
  const permissions = all[call.account];
  // An account that no policy stands for.
  if (!permissions) return false;
  const trust = readPolicy(trustFile(LOGGING_ACCOUNT));
  return roleMay({ name: DEPLOY_ROLE, permissions, trust }, call);
}
