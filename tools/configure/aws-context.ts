/** What AWS says about the caller: account, organization, and the accounts in it. */
import {
  type Account,
  DescribeOrganizationCommand,
  ListRootsCommand,
  OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { UnexpectedAnswer, refusePages } from '../../handlers/shared/aws/unexpected-answer';
import { type AwsConfiguration, awsConfiguration } from '../../local/aws-configuration/aws-configuration';
import { callerIdentity } from '../../local/aws-configuration/caller-identity';
import { ProxyError } from '../../local/aws-configuration/request-handler';
import type { FoundRegion } from '../../local/aws-configuration/region';

export interface AwsContext {
  /** That of the AWS configuration of this shell. */
  readonly region?: FoundRegion | undefined;
  readonly accountId?: string | undefined;
  readonly managementAccountId?: string | undefined;
  readonly organizationId?: string | undefined;
  /** Visible only from the management account and from delegated administrators. */
  readonly rootId?: string | undefined;
  /** The first accounts of the organization, at most {@link MOST_ACCOUNTS}. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  /** What was found, and what could not be looked up and why: one line each. */
  readonly notes: readonly string[];
}

/** Nobody chooses from a longer list, and AWS returns accounts in pages of 20. */
const MOST_ACCOUNTS = 100;

/** An error of AWS is known by its name. */
const reasonOf = (error: unknown) => (error instanceof Error ? error.name : String(error));

const messageOf = (error: unknown) =>
  error instanceof Error ? error.message.trim().replace(/\.$/, '') : String(error);

/**
 * Looks up what the AWS credentials of this shell may see.
 * @param fallbackRegion - Region whose endpoints are called if the AWS configuration has none
 * @param callsAws - whether AWS is asked; the Region is in the configuration of the shell
 */
export async function lookUpAws(fallbackRegion: string, callsAws = true): Promise<AwsContext> {
  let aws: AwsConfiguration;
  try {
    aws = await awsConfiguration(process.env);
  } catch (error) {
    return { accounts: [], notes: [`${messageOf(error)}; nothing is looked up`] };
  }
  const { region } = aws;
  if (!callsAws) return { region, accounts: [], notes: ['AWS is not called; nothing is looked up'] };
  const client = { ...aws.client, region: region?.name ?? fallbackRegion, maxAttempts: 2 };
  let accountId: string;
  try {
    ({ account: accountId } = await callerIdentity(client));
  } catch (error) {
    const isUnreachable =
      error instanceof ProxyError ||
      error instanceof UnexpectedAnswer ||
      (error instanceof Error && 'syscall' in error);
    const problem = isUnreachable ? 'AWS cannot be reached' : 'No valid AWS credentials';
    return { region, accounts: [], notes: [`${problem} (${messageOf(error)}); nothing is looked up`] };
  }
  const organizations = new OrganizationsClient(client);
  refusePages(organizations);
  return { region, accountId, ...(await lookUpOrganization(organizations, accountId)) };
}

type OrganizationContext = Omit<AwsContext, 'region' | 'accountId'>;

async function lookUpOrganization(
  client: OrganizationsClient,
  accountId: string,
): Promise<OrganizationContext> {
  try {
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    const ids = { organizationId: Organization?.Id, managementAccountId: Organization?.MasterAccountId };
    const signedIn = `Signed in to account ${accountId} of organization ${ids.organizationId ?? ''}`;
    return { ...ids, ...(await lookUpAccounts(client, signedIn)) };
  } catch (error) {
    const note = `Signed in to account ${accountId}; its organization cannot be looked up (${reasonOf(error)})`;
    return { accounts: [], notes: [note] };
  }
}

async function lookUpAccounts(client: OrganizationsClient, signedIn: string): Promise<OrganizationContext> {
  try {
    const { Roots } = await client.send(new ListRootsCommand({}));
    const accounts = await firstAccounts(client);
    const count = accounts.length < MOST_ACCOUNTS ? `${accounts.length}` : `${MOST_ACCOUNTS} or more`;
    return { rootId: Roots?.[0]?.Id, accounts, notes: [`${signedIn}, which has ${count} accounts`] };
  } catch (error) {
    // As a rule neither the management account nor a delegated administrator.
    const note =
      `${signedIn}; this account cannot see the root and the accounts (${reasonOf(error)}), so it is unknown ` +
      'whether it is a delegated administrator';
    return { accounts: [], notes: [note] };
  }
}

async function firstAccounts(client: OrganizationsClient): Promise<AwsContext['accounts']> {
  const accounts: Account[] = [];
  for await (const { Accounts } of paginateListAccounts({ client }, {})) {
    accounts.push(...(Accounts ?? []));
    if (accounts.length >= MOST_ACCOUNTS) break;
  }
  return accounts.slice(0, MOST_ACCOUNTS).map(({ Id = '', Name = '' }) => ({ id: Id, name: Name }));
}
