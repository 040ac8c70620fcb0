/** An embedded organization with real SDK clients that call it. Its bucket is a temporary folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { SignalledHandler } from '../../handlers/shared/aws/http-handler';
import type { CollectReportsProps } from '../../handlers/collect-reports/collect-reports';
import type { Collector } from '../../handlers/collect-reports/poll-account';
import type { OwnerClients } from '../../handlers/list-accounts/owners/ownership';
import { ReportBucket } from '../../handlers/shared/aws/report-bucket';
import { ReportRoleSession } from '../../handlers/shared/aws/report-role-session';
import { endWithWork } from '../../handlers/shared/aws/work-signal';
import { credentialsOf } from '../../local/fake-aws/credentials';
import { EmbeddedOrganization, type OrganizationProps } from '../../local/fake-aws/organization/organization';
import { LocalEndpoint, type Services, servicesOf } from '../../local/fake-aws/server';
import type { S3Options } from '../../local/fake-aws/s3/s3-service';
import { TemporaryFolder } from '../../local/temporary-folder';
import { COLLECTING_ACCOUNT } from './embedded-execution';

const BUCKET = 'reports';

export interface Embedded {
  organization: EmbeddedOrganization;
  endpoint: LocalEndpoint;
  organizations: OrganizationsClient;
  iam: IAMClient;
  ownerClients: () => OwnerClients;
  bucket: ReportBucket;
  /** Does not wait between two polls for a report. */
  collector: Collector & Pick<CollectReportsProps, 'pause'>;
  /** Content of an object of the bucket. */
  object: (key: string) => Buffer;
  json: (key: string) => unknown;
  /** A folder beside the bucket. */
  folder: (name: string) => string;
  stop: () => Promise<void>;
}

export function temporaryFolder(): { folder: string; remove: () => void } {
  const temporary = new TemporaryFolder('test');
  return {
    folder: temporary.path,
    remove: () => {
      temporary.remove();
    },
  };
}

export function organizationOf(props: Partial<OrganizationProps>): EmbeddedOrganization {
  const noProblems = { denied: 0, slow: 0, neverReady: 0, throttled: 0, suspended: 0 };
  return new EmbeddedOrganization({ accounts: 3, seed: 1, users: 2, ...noProblems, ...props });
}

/**
 * The bucket refuses every call that does not say whose it is.
 * @param change - replaces services, for example with ones that fail
 * @param options - of the bucket
 */
export async function embedded(
  props: Partial<OrganizationProps>,
  change: (services: Services) => Services = (services) => services,
  options: S3Options = {},
): Promise<Embedded> {
  const { folder, remove } = temporaryFolder();
  const organization = organizationOf(props);
  const endpoint = await LocalEndpoint.start(
    change(servicesOf(organization, folder, { owner: COLLECTING_ACCOUNT, ...options })),
  );
  const requestHandler = new SignalledHandler();
  const client = {
    // As in `collect-reports`.
    cacheMiddleware: true,
    endpoint: endpoint.url,
    region: 'us-east-1',
    requestHandler,
    credentials: credentialsOf(),
  };
  process.env.AWS_ENDPOINT_URL = endpoint.url;
  process.env.AWS_REGION = 'us-east-1';
  const bucket = new ReportBucket(endWithWork(new S3Client(client)), {
    name: BUCKET,
    owner: COLLECTING_ACCOUNT,
    prefix: '',
  });
  const role = { partition: 'aws', name: 'report-role' };
  const object = (key: string) => readFileSync(join(folder, BUCKET, key));
  return {
    organization,
    endpoint,
    organizations: new OrganizationsClient(client),
    iam: new IAMClient(client),
    ownerClients: () => ({
      organizations: new OrganizationsClient(client),
      tagging: new ResourceGroupsTaggingAPIClient(client),
    }),
    bucket,
    collector: {
      sessions: new ReportRoleSession(new STSClient(client), role, { requestHandler }),
      bucket,
      now: () => new Date('2026-11-22T08:01:00Z'),
      pause: () => Promise.resolve(),
    },
    object,
    json: (key) => JSON.parse(object(key).toString()) as unknown,
    folder: (name) => join(folder, name),
    stop: async () => {
      requestHandler.destroy();
      await endpoint.stop();
      remove();
    },
  };
}
