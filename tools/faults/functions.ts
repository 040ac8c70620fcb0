/** The functions in this process, with real SDK clients that retry without a pause. */
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { STSClient } from '@aws-sdk/client-sts';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { defaultOptions } from '../../constructs/environment/environment';
import { collectReports } from '../../handlers/collect-reports/collect-reports';
import { listAccounts } from '../../handlers/list-accounts/list-accounts';
import { ReportBucket } from '../../handlers/shared/aws/report-bucket';
import {
  IAM_ATTEMPTS,
  NoRetryWhenThrottled,
  ReportRoleSession,
} from '../../handlers/shared/aws/report-role-session';
import { PRODUCT_VERSION } from '../../handlers/shared/product-version';
import { settingsHash } from '../../handlers/shared/settings-hash';
import { kmsSigner } from '../../handlers/summarize-run/publish/kms-signer';
import { summarizeRun } from '../../handlers/summarize-run/summarize-run';
import type { CollectReportsEvent } from '../../handlers/shared/events';
import type { FunctionName } from '../../local/engine/invocation-faults';
import { credentialsOf } from '../../local/fake-aws/credentials';
import { COLLECTING_ACCOUNT } from '../support/embedded-execution';
import { ENVIRONMENT, definedSettings, stateMachine } from './state-machine';
import { BUCKET } from './stored-bucket';

type Context = { getRemainingTimeInMillis: () => number } | undefined;
export type Functions = Record<FunctionName, (event: unknown, context: Context) => Promise<unknown>>;

interface FunctionsProps {
  endpoint: string;
  requestHandler: NodeHttpHandler;
  batchSize: number;
  organizationId: string;
  /** ARN of the key that signs manifests; undefined if they are not signed. */
  signingKey: string | undefined;
  now: () => Date;
  /** Collects a batch while others are listed; undefined if nothing is collected meanwhile. */
  collectReports: ((event: CollectReportsEvent) => Promise<unknown>) | undefined;
}

const { batchConcurrency } = defaultOptions.scale;

/** Retries like the client of the report role, without the pauses. */
const retryStrategy = () =>
  new NoRetryWhenThrottled({
    maxAttempts: IAM_ATTEMPTS,
    backoff: { setDelayBase: () => undefined, computeNextBackoffDelay: () => 0 },
  });

export function functionsOn(props: FunctionsProps): Functions {
  const { endpoint, requestHandler, batchSize, signingKey, now } = props;
  // The client of the report roles takes these from the environment, as it does in AWS Lambda.
  Object.assign(process.env, { AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1' });
  const client = {
    endpoint,
    region: 'us-east-1',
    requestHandler,
    retryStrategy: new ConfiguredRetryStrategy(3, 0),
    credentials: credentialsOf(),
  };
  const reports = new ReportBucket(new S3Client(client), {
    name: BUCKET,
    owner: COLLECTING_ACCOUNT,
    prefix: '',
  });
  const stepFunctions = new SFNClient(client);
  const role = { partition: 'aws', name: 'report-role' };
  const sessions = () =>
    new ReportRoleSession(new STSClient(client), role, { requestHandler, retryStrategy: retryStrategy() });
  const collector = { sessions: sessions(), bucket: reports, now };
  return {
    'list-accounts': listAccounts({
      organizations: new OrganizationsClient(client),
      iam: new IAMClient(client),
      ownerClients: () => ({
        organizations: new OrganizationsClient(client),
        tagging: new ResourceGroupsTaggingAPIClient(client),
      }),
      bucket: reports,
      batchSize,
      environment: ENVIRONMENT,
      stateMachine: stateMachine().arn,
      settingsHash: settingsHash(definedSettings()),
      describeExecution: async (executionArn) => {
        const { status, startDate } = await stepFunctions.send(
          new DescribeExecutionCommand({ executionArn }),
        );
        return { status, startedAt: startDate };
      },
      collectReports: props.collectReports,
    }),
    'collect-reports': collectReports({
      ...collector,
      concurrency: batchConcurrency,
      pause: () => Promise.resolve(),
    }),
    'summarize-run': summarizeRun({
      bucket: reports,
      place: {
        environment: ENVIRONMENT,
        organizationId: props.organizationId,
        accountId: COLLECTING_ACCOUNT,
        region: 'us-east-1',
        productVersion: PRODUCT_VERSION,
        retentionDays: null,
      },
      partition: 'aws',
      signer: signingKey === undefined ? undefined : kmsSigner(new KMSClient(client), signingKey),
    }),
  };
}
