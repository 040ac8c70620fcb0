/** What AWS knows without being asked twice: who calls, which organization, which accounts. */
import {
  type Account,
  DescribeOrganizationCommand,
  ListRootsCommand,
  OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { defaultOf } from './draft';

export interface Facts {
  readonly region?: string | undefined;
  readonly accountId?: string | undefined;
  readonly managementAccountId?: string | undefined;
  readonly organizationId?: string | undefined;
  readonly rootId?: string | undefined;
  /** The first of them; large organizations have more than anybody wants to choose from. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  /** What was found, and what could not be looked up and why: a line each. */
  readonly notes: readonly string[];
}

/** Accounts that are offered to choose from; AWS gives them by pages of 20. */
const MOST_ACCOUNTS = 100;

const reasonOf = (error: unknown) => (error instanceof Error ? error.name : String(error));

/**
 * Looks up what the AWS configuration of this shell may see.
 * @param fallbackRegion - Region whose endpoint is asked when none is configured
 */
export async function lookUp(fallbackRegion = String(defaultOf('region'))): Promise<Facts> {
  const region = await configuredRegion();
  const client = { region: region ?? fallbackRegion, maxAttempts: 2 };
  let accountId: string | undefined;
  try {
    const identity = await new STSClient(client).send(new GetCallerIdentityCommand({}));
    accountId = identity.Account;
  } catch (error) {
    return {
      region,
      accounts: [],
      notes: [`No AWS credentials that work (${reasonOf(error)}): nothing is looked up`],
    };
  }
  return { region, accountId, ...(await organizationOf(new OrganizationsClient(client), accountId)) };
}

async function configuredRegion(): Promise<string | undefined> {
  try {
    return await new STSClient({}).config.region();
  } catch {
    return undefined;
  }
}

async function organizationOf(
  client: OrganizationsClient,
  accountId = '',
): Promise<Omit<Facts, 'region' | 'accountId'>> {
  try {
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    const found = { organizationId: Organization?.Id, managementAccountId: Organization?.MasterAccountId };
    const signedIn = `Signed in to account ${accountId} of organization ${found.organizationId ?? ''}`;
    try {
      const { Roots } = await client.send(new ListRootsCommand({}));
      const accounts = await accountsOf(client);
      const number = accounts.length < MOST_ACCOUNTS ? `${accounts.length}` : `${MOST_ACCOUNTS} or more`;
      return { ...found, rootId: Roots?.[0]?.Id, accounts, notes: [`${signedIn}, ${number} accounts`] };
    } catch (error) {
      // As a rule neither the management account nor a delegated administrator.
      const notSeen = `its root and accounts cannot be seen from here (${reasonOf(error)})`;
      return {
        ...found,
        accounts: [],
        notes: [`${signedIn}; ${notSeen}, nor whether this account is a delegated administrator`],
      };
    }
  } catch (error) {
    return {
      accounts: [],
      notes: [
        `Signed in to account ${accountId}, but its organization cannot be looked up (${reasonOf(error)})`,
      ],
    };
  }
}

async function accountsOf(client: OrganizationsClient): Promise<Facts['accounts']> {
  const accounts: Account[] = [];
  for await (const { Accounts } of paginateListAccounts({ client }, {})) {
    accounts.push(...(Accounts ?? []));
    if (accounts.length >= MOST_ACCOUNTS) break;
  }
  return accounts.slice(0, MOST_ACCOUNTS).map(({ Id = '', Name = '' }) => ({ id: Id, name: Name }));
}
