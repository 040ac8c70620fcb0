import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import { requestReports } from '../../handlers/request-reports/request-reports';
import { collectReports } from '../../handlers/collect-reports/collect-reports';
import { QUOTA, listAccounts } from '../../handlers/list-accounts/list-accounts';
import { ReportBucket } from '../../handlers/shared/aws/report-bucket';
import { ReportRoleSession } from '../../handlers/shared/aws/report-role-session';
import { summarizeRun } from '../../handlers/summarize-run/summarize-run';
import type { HttpRequest } from '@smithy/types';
import type { SynthesizedStack } from '../../local/synthesized';
import type { Cpu } from './cpu';
import type { ModelledFunction } from './modelled-lambda';
import type { Design, World } from './modelled-run';

/** The clients of an environment, at whose other end is the model. */
export function clientsOf({ aws, bucket }: World, cpu: Cpu, reportBucket: string, roleName: string) {
  const client = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAMODELLEDCOLLECTR', secretAccessKey: 'modelled' },
    requestHandler: aws.wire(cpu),
  };
  // Nobody looks at the signatures of the collector itself; the model tells sessions by theirs.
  const unsigned = { ...client, signer: { sign: (request: HttpRequest) => Promise.resolve(request) } };
  const role = { partition: 'aws', name: roleName };
  return {
    organizations: new OrganizationsClient({ ...unsigned, maxAttempts: 10 }),
    bucket: new ReportBucket(bucket.client(cpu), reportBucket),
    sessions: new ReportRoleSession(new STSClient(unsigned), role, client.requestHandler),
    now: () => new Date(),
  };
}

/** What would be deployed: definition, settings and handlers of this project. */
export function ourDesign({ stateMachine, functions, bucket, reportRoleName }: SynthesizedStack): Design {
  return {
    stateMachine,
    functions: (world, invoke) => {
      const start = (make: Make) => (cpu: Cpu) =>
        make({
          ...clientsOf(world, cpu, bucket, reportRoleName),
          // Nobody waits for what becomes of it, but the call itself takes its time.
          invoke: async (name, event) => {
            await world.aws.call('Invoke', cpu);
            invoke(name, event).catch(() => undefined);
          },
        });
      return Object.fromEntries(
        functions.map(({ name, memoryMb, timeoutSeconds, environment }): [string, ModelledFunction] => {
          const make = makers.find(([suffix]) => name.endsWith(suffix))?.[1](environment);
          if (!make) throw new Error(`The benchmark does not know the function ${name}`);
          return [name, { memoryMb, timeoutSeconds, start: start(make) }];
        }),
      );
    },
  };
}

type Make = (
  clients: ReturnType<typeof clientsOf> & { invoke: (name: string, event: unknown) => Promise<void> },
) => ReturnType<ModelledFunction['start']>;

/** As the handlers' entries wire them, by the name of the function. */
const makers: [string, (settings: Record<string, string>) => Make][] = [
  [
    'list-accounts',
    ({ BATCH_SIZE, REQUEST_REPORTS_FUNCTION = '' }) =>
      (clients) =>
        listAccounts({
          ...clients,
          batchSize: Number(BATCH_SIZE),
          pagesPerSecond: QUOTA.perSecond,
          requestReports: (event) => clients.invoke(REQUEST_REPORTS_FUNCTION, event),
        }),
  ],
  [
    'request-reports',
    ({ CONCURRENCY }) =>
      (clients) =>
        requestReports(clients, Number(CONCURRENCY)),
  ],
  [
    'collect-reports',
    ({ CONCURRENCY }) =>
      (clients) =>
        collectReports(clients, Number(CONCURRENCY)),
  ],
  [
    'summarize-run',
    ({ ENVIRONMENT = '' }) =>
      (clients) =>
        summarizeRun({ ...clients, environment: ENVIRONMENT }),
  ],
];
