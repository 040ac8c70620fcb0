/**
 * Where the accounts are: an embedded organization, or a real one. Either way the bucket is a local folder,
 * and the functions learn where to go from the variables that every AWS SDK knows.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { EmbeddedOrganization } from './fake-aws/organization/organization';
import { UPLOADS, s3Service } from './fake-aws/s3/s3-service';
import { LocalEndpoint, servicesOf } from './fake-aws/server';

export interface OrganizationSource {
  /** Says which organization it is, and how it is reached with the role of the environment. */
  describe(reportRoleName: string): string;
  /** Account that runs the collection. */
  accountId: string;
  /** Variables that the functions get beside their own. */
  environment: Record<string, string>;
  /** Variables that replace the functions' own. */
  settings: Record<string, string>;
  credentials: () => Promise<Record<string, string>>;
  /** How often the users of these accounts break each rule, where somebody knows. */
  planted?: (accounts: readonly string[]) => Record<string, number>;
  stop: () => Promise<void>;
}

export async function embeddedOrganization(
  organization: EmbeddedOrganization,
  folder: string,
  services = servicesOf(organization, folder),
): Promise<OrganizationSource> {
  const endpoint = await LocalEndpoint.start(services);
  return {
    describe: (role) =>
      `Organization ${organization.id}, embedded in this process, ${organization.accounts.length} accounts; role ${role}`,
    accountId: organization.accounts[0]?.id ?? '',
    environment: { ...withoutAws(process.env), AWS_ENDPOINT_URL: endpoint.url },
    // It throttles nobody.
    settings: { PAGES_PER_SECOND: '1000' },
    credentials: () =>
      Promise.resolve({ AWS_ACCESS_KEY_ID: 'AKIALOCALCOLLECTOR00', AWS_SECRET_ACCESS_KEY: 'local' }),
    planted: (accounts) => organization.planted(accounts),
    stop: () => stop(endpoint, folder),
  };
}

/**
 * The organization of the ordinary AWS configuration. The account that asks is read with the caller's own
 * credentials: no role needs to be in it, and roles such as OrganizationAccountAccessRole never are.
 */
export async function awsOrganization(
  folder: string,
  roleName: string | undefined,
  regionOfEnvironment: string,
): Promise<OrganizationSource> {
  const region = await new STSClient({}).config.region().catch(() => regionOfEnvironment);
  const sts = new STSClient({ region });
  const { Arn = '', Account = '' } = await sts.send(new GetCallerIdentityCommand({}));
  const { Organization } = await new OrganizationsClient({ region }).send(
    new DescribeOrganizationCommand({}),
  );
  const endpoint = await LocalEndpoint.start({ s3: s3Service(folder) });
  return {
    describe: (environmentsRole) =>
      [
        `Organization ${Organization?.Id ?? ''} of management account ${Organization?.MasterAccountId ?? ''}, Region ${region}`,
        `Identity ${Arn}`,
        `Role ${roleName ?? environmentsRole} in every account but ${Account}, which is read as that identity`,
      ].join('\n'),
    accountId: Account,
    environment: {
      ...withoutAws(process.env),
      ...endpointVariables(process.env),
      AWS_REGION: region,
      AWS_ENDPOINT_URL_S3: endpoint.url,
    },
    settings: {
      PARTITION: Arn.split(':')[1] ?? '',
      OWN_ACCOUNT: Account,
      ...(roleName && { REPORT_ROLE_NAME: roleName }),
    },
    credentials: async () => {
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = await sts.config.credentials();
      return {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }),
        ...(expiration && { AWS_CREDENTIAL_EXPIRATION: expiration.toISOString() }),
      };
    },
    stop: () => stop(endpoint, folder),
  };
}

async function stop(endpoint: LocalEndpoint, folder: string): Promise<void> {
  await endpoint.stop();
  rmSync(join(folder, UPLOADS), { recursive: true, force: true });
}

/** Nothing of the ordinary AWS configuration reaches the functions by accident. */
function withoutAws(environment: NodeJS.ProcessEnv): Record<string, string> {
  return pick(environment, (name) => !name.startsWith('AWS_'));
}

function endpointVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  return pick(environment, (name) => name.startsWith('AWS_ENDPOINT_URL') || name === 'AWS_CA_BUNDLE');
}

function pick(environment: NodeJS.ProcessEnv, wanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && wanted(name) ? [[name, value]] : [],
    ),
  );
}
