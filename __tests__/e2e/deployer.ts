import {
  COLLECTING_ACCOUNT,
  DEPLOY_ROLE,
  LOGGING_ACCOUNT,
  SERVICES_FILE,
  STORAGE_FILE,
  deployerMay,
  trustFile,
} from '../../tools/policies/deployer/roles';
import { type Caller, aws } from '../support/emulator/aws-cli';
import type { Emulator } from '../support/emulator/emulator';
import { MANAGEMENT, type Organization } from '../support/emulator/organization';
import type { EnvironmentFile } from './environments';
import { EnforcedRole, Permissions, type Placeholders } from './permissions';

export interface DeployerProps {
  emulator: Emulator;
  organization: Organization;
  /** Name of the account that runs the collection. */
  runsIn?: string | undefined;
  name: string;
  environment: EnvironmentFile;
}

export interface Deployer {
  /** Whom Terraform takes itself for. */
  caller: Caller;
  role: EnforcedRole;
  permissions: Permissions;
}

/** Creates the roles of docs/deployer.md, and enforces what they may do. */
export async function createDeployer(props: DeployerProps): Promise<Deployer> {
  const { emulator, organization, runsIn = MANAGEMENT, environment } = props;
  const { region = 'us-east-1', loggingAccount } = environment;
  const administrator = { ...(await organization.administrator(runsIn)), region };
  await createRole(administrator, DEPLOY_ROLE, COLLECTING_ACCOUNT);
  if (loggingAccount) {
    const isLogging = ([, id]: [string, string]) => id === loggingAccount.accountId;
    const [name = ''] = [...organization.accounts].find(isLogging) ?? [];
    const other = { ...(await organization.administrator(name)), region };
    await createRole(other, loggingAccount.roleName, LOGGING_ACCOUNT);
  }
  const account = organization.account(runsIn);
  const caller = await assume(administrator, `arn:aws:iam::${account}:role/${DEPLOY_ROLE}`);
  const permissions = new Permissions(emulator, placeholdersOf(props.name, environment, account));
  const role = new EnforcedRole((call) => deployerMay(call));
  permissions.enforce(caller.accessKeyId, { role, account });
  return { caller, role, permissions };
}

async function createRole(administrator: Caller, name: string, account: string): Promise<void> {
  await aws(administrator, 'iam create-role --max-session-duration 43200', {
    'role-name': name,
    'assume-role-policy-document': `file://${trustFile(account)}`,
  });
  const { Policy } = await aws<{ Policy: { Arn: string } }>(administrator, 'iam create-policy', {
    'policy-name': `${DEPLOY_ROLE}-storage`,
    'policy-document': `file://${STORAGE_FILE}`,
  });
  await aws(administrator, 'iam attach-role-policy', { 'role-name': name, 'policy-arn': Policy.Arn });
  if (account === LOGGING_ACCOUNT) return;
  await aws(administrator, 'iam put-role-policy --policy-name deploy', {
    'role-name': name,
    'policy-document': `file://${SERVICES_FILE}`,
  });
}

/** A session of a role. */
export async function assume(caller: Caller, role: string): Promise<Caller> {
  const { Credentials } = await aws<{
    Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
  }>(caller, 'sts assume-role --role-session-name terraform', { 'role-arn': role });
  return {
    ...caller,
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
  };
}

/** One policy is for every environment: what is particular to one has a placeholder in it, or a pattern. */
function placeholdersOf(name: string, environment: EnvironmentFile, account: string): Placeholders {
  const { region = 'us-east-1', bucket, reportRoleName, backend, loggingAccount, roles } = environment;
  const [, operationsKeyId] = environment.operationsKeyArn?.split('/') ?? [];
  const given: [string | undefined, string][] = [
    [account, COLLECTING_ACCOUNT],
    [loggingAccount?.accountId, LOGGING_ACCOUNT],
    [bucket?.name, 'BUCKET-NAME'],
    [reportRoleName, 'REPORT-ROLE-NAME'],
    [operationsKeyId, 'OPERATIONS-KEY-ID'],
    [roles?.path && `:role${roles.path}`, ':role/'],
    [backend?.kind === 's3' ? backend.bucket : undefined, 'STATE-BUCKET'],
    [region, 'us-east-1'],
    [`iam-credential-reports-${name}`, 'iam-credential-reports-ENVIRONMENT'],
    [`iam-credential-reports/${name}/`, 'iam-credential-reports/ENVIRONMENT/'],
    [`iam-cr-${name}`, 'iam-cr-ENVIRONMENT'],
    [`iam-cq-${name}`, 'iam-cq-ENVIRONMENT'],
    [`iam_credential_reports_${name.replaceAll('-', '_')}`, 'iam_credential_reports_ENVIRONMENT'],
  ];
  return [
    ...given.flatMap(([text, placeholder]) => (text === undefined ? [] : [[text, placeholder] as const])),
    [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID'],
    [/(?<=alias\/[\w-]+)-[0-9a-f]{8}\b/g, '-ID'],
    [/(?<=stackset-target\/.*:ID\/)(r|ou)-[a-z0-9-]+/g, 'TARGET'],
  ];
}
