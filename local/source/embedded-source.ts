import { listAccountsSettings } from '../../handlers/list-accounts/settings';
import { credentialVariables, secretOf } from '../fake-aws/credentials';
import type { EmbeddedOrganization } from '../fake-aws/organization/organization';
import { removeUploads } from '../fake-aws/s3/s3-service';
import { LocalEndpoint, type Services, servicesOf } from '../fake-aws/server';
import { type OrganizationSource, variablesWithoutAws } from './organization-source';

/**
 * Collects from an organization in this process.
 * @param bucketOwner - the account that owns the bucket; empty for the one that collects
 */
export async function embeddedSource(
  organization: EmbeddedOrganization,
  folder: string,
  bucketOwner = '',
  change: (services: Services) => Services = (services) => services,
): Promise<OrganizationSource> {
  const accountId = organization.accounts[0]?.id ?? '';
  const services = change(servicesOf(organization, folder, { owner: bucketOwner || accountId }));
  const endpoint = await LocalEndpoint.start(services);
  return {
    describe: (role) =>
      `Organization ${organization.id}, embedded in this process, ${organization.accounts.length} accounts; role ${role}`,
    accountId,
    organizationId: organization.id,
    environment: { ...variablesWithoutAws(process.env), AWS_ENDPOINT_URL: endpoint.url },
    // The embedded AWS Organizations has no quota.
    settings: { [listAccountsSettings.pagesPerSecond.variable]: '1000' },
    credentials: () => Promise.resolve(credentialVariables()),
    secretOf,
    // Later, credentials have changed and are older.
    ...(organization.days === 1 && { planted: (accounts) => organization.planted(accounts) }),
    begin: (day) => organization.begin(day),
    stop: async () => {
      await endpoint.stop();
      removeUploads(folder);
    },
  };
}
