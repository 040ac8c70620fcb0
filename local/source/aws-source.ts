import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import { defaultEnabledRegion } from '../../constructs/partition';
import { refusePages } from '../../handlers/shared/aws/unexpected-answer';
import { reportRoleSettings } from '../../handlers/shared/settings';
import { removeUploads, s3Service } from '../fake-aws/s3/s3-service';
import { LocalEndpoint } from '../fake-aws/server';
import { awsConfiguration } from '../aws-configuration/aws-configuration';
import { type CallerIdentity, callerIdentity } from '../aws-configuration/caller-identity';
import { proxyVariables } from '../aws-configuration/proxy';
import { type FoundRegion, NO_REGION } from '../aws-configuration/region';
import type { SynthesizedStack } from '../synthesized-stack';
import { type OrganizationSource, pickVariables, variablesWithoutAws } from './organization-source';
import { stsProxy } from './sts-proxy';

/** Collects from the organization of the caller's ordinary AWS configuration. */
export async function awsSource(
  folder: string,
  roleName: string | undefined,
  { region: regionOfEnvironment, bucketOwner }: Pick<SynthesizedStack, 'region' | 'bucketOwner'>,
): Promise<OrganizationSource> {
  const aws = await awsConfiguration(process.env);
  const region = aws.region ?? { name: regionOfEnvironment, from: `the environment: ${NO_REGION}` };
  const client = { ...aws.client, region: region.name };
  const stsRegion = defaultEnabledRegion(region.name);
  const { arn, account } = await identityIn(region, client);
  const organizations = new OrganizationsClient(client);
  refusePages(organizations);
  const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
  // Every secret that the functions got so far: a request may be signed just before the credentials are renewed.
  const secrets = new Map<string, string>();
  const secretOf = (accessKeyId: string) => secrets.get(accessKeyId);
  const services = {
    s3: s3Service(folder, { owner: bucketOwner || account }),
    // The client of the function retries.
    sts: stsProxy(new STSClient({ ...client, region: stsRegion, maxAttempts: 1 }), account),
  };
  const endpoint = await LocalEndpoint.start(services, { secretOf });
  return {
    describe: (environmentsRole) =>
      [
        `Organization ${Organization?.Id ?? ''} of management account ${Organization?.MasterAccountId ?? ''}, Region ${region.name} (${region.from})`,
        `Identity ${arn}`,
        `Role ${roleName ?? environmentsRole} in every account except ${account}, which is read with your own credentials`,
      ].join('\n'),
    accountId: account,
    organizationId: Organization?.Id ?? '',
    environment: {
      ...variablesWithoutAws(process.env),
      ...endpointVariables(process.env),
      ...proxyVariables(process.env),
      AWS_REGION: region.name,
      AWS_ENDPOINT_URL_S3: endpoint.url,
      AWS_ENDPOINT_URL_STS: endpoint.url,
    },
    settings: {
      [reportRoleSettings.partition.variable]: arn.split(':')[1] ?? '',
      [reportRoleSettings.stsRegion.variable]: stsRegion,
      ...(roleName && { [reportRoleSettings.reportRoleName.variable]: roleName }),
    },
    credentials: async () => {
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = await client.credentials();
      secrets.set(accessKeyId, secretAccessKey);
      return {
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }),
        ...(expiration && { AWS_CREDENTIAL_EXPIRATION: expiration.toISOString() }),
      };
    },
    secretOf,
    stop: async () => {
      await endpoint.stop();
      removeUploads(folder);
    },
  };
}

/** A session of another partition is rejected as one that does not exist. */
async function identityIn(
  { name, from }: FoundRegion,
  client: Parameters<typeof callerIdentity>[0],
): Promise<CallerIdentity> {
  try {
    return await callerIdentity(client);
  } catch (error) {
    if ((error as Error).name !== 'InvalidClientTokenId') throw error;
    throw new Error(
      `AWS does not know these credentials in Region ${name} (${from}); set AWS_REGION to a Region of their partition, ` +
        'or sign in again',
      { cause: error },
    );
  }
}

function endpointVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  return pickVariables(
    environment,
    (name) => name.startsWith('AWS_ENDPOINT_URL') || name === 'AWS_CA_BUNDLE',
  );
}
