/** An organization in the emulator, with users in its accounts, made and read through real SDK clients. */
import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  GetCredentialReportCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreateOrganizationalUnitCommand,
  MoveAccountCommand,
  ListRootsCommand,
  OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Caller } from './aws-cli';

/** Accounts beside the management account; the last is closed again. */
const MEMBERS = ['payments', 'data', 'sandbox', 'closed'];

/** The name that moto gives to the management account. */
export const MANAGEMENT = 'master';

export interface Organization {
  id: string;
  /** Account ids by name. */
  accounts: ReadonlyMap<string, string>;
  /** The id of an account by its name. */
  account: (name: string) => string;
  /** Someone who may do everything in the account of that name. */
  administrator: (account: string) => Promise<Caller>;
}

/** What an SDK client needs to know about a caller. */
export function clientOf({ url, region, ...credentials }: Caller) {
  return { endpoint: url, region, credentials };
}

/** Someone who may do everything in an account of the organization. */
async function administratorOf(account: string, caller: Caller): Promise<Caller> {
  const { Credentials } = await new STSClient(clientOf(caller)).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
      RoleSessionName: 'test',
    }),
  );
  return {
    ...caller,
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

export async function createOrganization(caller: Caller): Promise<Organization> {
  const client = new OrganizationsClient(clientOf(caller));
  const { Organization } = await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  for (const AccountName of MEMBERS) {
    await client.send(new CreateAccountCommand({ AccountName, Email: `${AccountName}@example.com` }));
  }
  const { Roots } = await client.send(new ListRootsCommand({}));
  const rootId = Roots?.[0]?.Id ?? '';
  const accounts = new Map<string, string>();
  for await (const { Accounts } of paginateListAccounts({ client }, {})) {
    for (const { Id = '', Name = '' } of Accounts ?? []) accounts.set(Name, Id);
  }
  await client.send(new CloseAccountCommand({ AccountId: accounts.get('closed') }));
  await hideFromStackSets(client, Organization?.MasterAccountId, rootId);
  for (const account of accounts.values()) await addUsers(await administratorOf(account, caller));
  const account = (name: string) => accounts.get(name) ?? '';
  const administrator = (name: string) =>
    name === MANAGEMENT ? Promise.resolve(caller) : administratorOf(account(name), caller);
  return { id: Organization?.Id ?? '', accounts, account, administrator };
}

/**
 * AWS never rolls a StackSet out to the management account; moto does, but not further down than the units of a
 * target.
 */
async function hideFromStackSets(client: OrganizationsClient, account = '', rootId = ''): Promise<void> {
  const unit = async (Name: string, ParentId: string) => {
    const made = await client.send(new CreateOrganizationalUnitCommand({ Name, ParentId }));
    return made.OrganizationalUnit?.Id ?? '';
  };
  const DestinationParentId = await unit('management', await unit('foundation', rootId));
  await client.send(
    new MoveAccountCommand({ AccountId: account, SourceParentId: rootId, DestinationParentId }),
  );
}

/** A person with a password and a machine with a key, so that every account's report is one of its own. */
async function addUsers(caller: Caller): Promise<void> {
  const iam = new IAMClient(clientOf(caller));
  await iam.send(new CreateUserCommand({ UserName: 'person' }));
  await iam.send(new CreateLoginProfileCommand({ UserName: 'person', Password: 'correct horse battery' }));
  await iam.send(new CreateUserCommand({ UserName: 'machine' }));
  await iam.send(new CreateAccessKeyCommand({ UserName: 'machine' }));
}

/** The report of an account as IAM gives it to its administrator. */
export async function credentialReport(administrator: Caller): Promise<string> {
  const { Content } = await new IAMClient(clientOf(administrator)).send(new GetCredentialReportCommand({}));
  return Buffer.from(Content ?? []).toString();
}
