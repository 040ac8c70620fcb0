import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { STSClient } from '@aws-sdk/client-sts';
import type { HttpRequest } from '@smithy/types';
import { LIST_ACCOUNTS_ATTEMPTS } from '../../../handlers/list-accounts/settings';
import { type BucketPlace, ReportBucket } from '../../../handlers/shared/aws/report-bucket';
import { ReportRoleSession } from '../../../handlers/shared/aws/report-role-session';
import type { Cpu } from './cpu';
import type { ModeledAws } from './modeled-aws';
import type { ModeledBucket } from './modeled-bucket';

export type ModeledClients = ReturnType<typeof modeledClients>;

/** The clients of one environment of a function, which talk to the model. */
export function modeledClients(
  { aws, bucket }: { aws: ModeledAws; bucket: ModeledBucket },
  cpu: Cpu,
  place: BucketPlace,
  roleName: string,
) {
  const client = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAMODELEDCOLLECTOR', secretAccessKey: 'modeled' },
    requestHandler: aws.requestHandler(cpu),
  };
  // Signing takes time. The model needs only the signatures of sessions, which name the account.
  const unsigned = { ...client, signer: { sign: (request: HttpRequest) => Promise.resolve(request) } };
  const role = { partition: 'aws', name: roleName };
  return {
    organizations: new OrganizationsClient({ ...unsigned, maxAttempts: LIST_ACCOUNTS_ATTEMPTS }),
    events: new EventBridgeClient(unsigned),
    iam: new IAMClient(unsigned),
    ownerClients: () => ({
      organizations: new OrganizationsClient(unsigned),
      tagging: new ResourceGroupsTaggingAPIClient(unsigned),
    }),
    bucket: new ReportBucket(bucket.client(cpu, place), place),
    sessions: new ReportRoleSession(new STSClient(unsigned), role, client),
    now: () => new Date(),
  };
}
