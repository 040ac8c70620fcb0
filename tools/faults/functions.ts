/** The functions in this process, with real clients that do not pause before they try again. */
import { setTimeout as pause } from 'node:timers/promises';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { requestReports } from '../../handlers/request-reports/request-reports';
import { collectReports } from '../../handlers/collect-reports/collect-reports';
import { listAccounts } from '../../handlers/list-accounts/list-accounts';
import { ReportBucket } from '../../handlers/shared/aws/report-bucket';
import {
  IAM_ATTEMPTS,
  NoRetryWhenThrottled,
  ReportRoleSession,
} from '../../handlers/shared/aws/report-role-session';
import { summarizeRun } from '../../handlers/summarize-run/summarize-run';
import type { RequestReportsEvent } from '../../handlers/shared/events';
import type { FunctionName } from '../../local/engine/invocation-faults';
import { inNoDelivery } from './deliveries';
import type { Ahead } from './fault-case';

type Time = { getRemainingTimeInMillis: () => number } | undefined;
export type Functions = Record<FunctionName, (event: unknown, time: Time) => Promise<unknown>>;

export interface FunctionsProps {
  endpoint: string;
  bucket: string;
  requestHandler: NodeHttpHandler;
  batchSize: number;
  ahead: Ahead;
  /** Is given every invocation for which nobody waits. */
  background: Promise<unknown>[];
}

/** Some looks of a run take as long, ms. */
const LATE = 30;

/** The retries of the report role without the pauses between them. */
const retryStrategy = () =>
  new NoRetryWhenThrottled({
    maxAttempts: IAM_ATTEMPTS,
    backoff: { setDelayBase: () => undefined, computeNextBackoffDelay: () => 0 },
  });

export function functionsOn(props: FunctionsProps): Functions {
  const { endpoint, bucket, requestHandler, batchSize, ahead, background } = props;
  // The client of the report roles takes these from the environment, as they do in AWS Lambda.
  Object.assign(process.env, { AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1' });
  const client = {
    endpoint,
    region: 'us-east-1',
    requestHandler,
    retryStrategy: new ConfiguredRetryStrategy(3, 0),
    credentials: { accessKeyId: 'AKIALOCALCOLLECTOR00', secretAccessKey: 'local' },
  };
  const reports = new ReportBucket(new S3Client(client), bucket);
  const role = { partition: 'aws', name: 'report-role' };
  const sessions = () =>
    new ReportRoleSession(new STSClient(client), role, { requestHandler, retryStrategy: retryStrategy() });
  const collector = { sessions: sessions(), bucket: reports, now: () => new Date() };
  const ask = requestReports({ sessions: sessions(), concurrency: 20 });
  const asked = async (event: RequestReportsEvent) => {
    if (ahead === 'late') await pause(LATE);
    await Promise.all(Array.from({ length: ahead === 'twice' ? 2 : 1 }, () => ask(event)));
  };
  return {
    'list-accounts': listAccounts({
      organizations: new OrganizationsClient(client),
      bucket: reports,
      batchSize,
      ...(ahead !== 'never' && {
        requestReports: (event) => Promise.resolve(background.push(inNoDelivery(() => asked(event)))),
      }),
    }),
    'collect-reports': collectReports({ ...collector, concurrency: 20 }),
    'summarize-run': summarizeRun({ bucket: reports, environment: 'test' }),
  };
}
