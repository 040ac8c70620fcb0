/** The roles that deploy, as docs/deployer.md creates them. */
import type { PolicyDocument } from '../../../constructs/policy';
import { type RoleCall, readPolicy, roleMay } from '../role-decision';

/** The accounts that the policies stand for. */
export const COLLECTING_ACCOUNT = '111111111111';
export const LOGGING_ACCOUNT = '222222222222';

/** The same in both accounts. */
export const DEPLOY_ROLE = 'iam-credential-reports-deploy';

/** What runs, in the account that collects: the inline policy of its role. */
export const SERVICES_FILE = 'docs/deploy-role-permissions.json';

/** The bucket and the keys, in the account that has them: a managed policy, because an inline one has no room for both. */
export const STORAGE_FILE = 'docs/deploy-role-storage-permissions.json';

export const trustFile = (account: string) =>
  account === LOGGING_ACCOUNT ? 'docs/deploy-role-logging-account-trust.json' : 'docs/deploy-role-trust.json';

/** Permissions by account. */
export type Permissions = Readonly<Record<string, PolicyDocument>>;

export function documentedPermissions(): Permissions {
  const [services, storage] = [readPolicy(SERVICES_FILE), readPolicy(STORAGE_FILE)];
  const inLoggingAccount = JSON.stringify(storage).replaceAll(COLLECTING_ACCOUNT, LOGGING_ACCOUNT);
  return {
    [COLLECTING_ACCOUNT]: { ...services, Statement: [...services.Statement, ...storage.Statement] },
    [LOGGING_ACCOUNT]: JSON.parse(inLoggingAccount) as PolicyDocument,
  };
}

/** Whether the role in the account of a call may make it. */
export async function deployerMay(call: RoleCall, all = documentedPermissions()): Promise<boolean> {
  const permissions = all[call.account];
  // An account that no policy stands for.
  if (!permissions) return false;
  const trust = readPolicy(trustFile(LOGGING_ACCOUNT));
  return roleMay({ name: DEPLOY_ROLE, permissions, trust }, call);
}
