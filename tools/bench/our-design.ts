import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { STSClient } from '@aws-sdk/client-sts';
import { requestReports } from '../../handlers/request-reports/request-reports';
import { collectReports } from '../../handlers/collect-reports/collect-reports';
import { listAccounts } from '../../handlers/list-accounts/list-accounts';
import { listAccountsSettings } from '../../handlers/list-accounts/settings';
import { collectReportsSettings } from '../../handlers/collect-reports/settings';
import { requestReportsSettings } from '../../handlers/request-reports/settings';
import { readSettings } from '../../handlers/shared/settings';
import { summarizeRunSettings } from '../../handlers/summarize-run/settings';
import { ReportBucket } from '../../handlers/shared/aws/report-bucket';
import { ReportRoleSession } from '../../handlers/shared/aws/report-role-session';
import { summarizeRun } from '../../handlers/summarize-run/summarize-run';
import type { HttpRequest } from '@smithy/types';
import type { SynthesizedStack } from '../../local/synthesized-stack';
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
    sessions: new ReportRoleSession(new STSClient(unsigned), role, client),
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
const makers: [string, (environment: Record<string, string>) => Make][] = [
  [
    'list-accounts',
    (environment) => (clients) => {
      const settings = readSettings(listAccountsSettings, environment);
      const { batchSize, pagesPerSecond, requestReportsFunction } = settings;
      return listAccounts({
        ...clients,
        batchSize,
        pagesPerSecond,
        requestReports: (event) => clients.invoke(requestReportsFunction, event),
      });
    },
  ],
  [
    'request-reports',
    (environment) => (clients) =>
      requestReports({
        ...clients,
        concurrency: readSettings(requestReportsSettings, environment).concurrency,
      }),
  ],
  [
    'collect-reports',
    (environment) => (clients) =>
      collectReports({ ...clients, ...readSettings(collectReportsSettings, environment) }),
  ],
  [
    'summarize-run',
    (variables) => (clients) =>
      summarizeRun({ ...clients, environment: readSettings(summarizeRunSettings, variables).environment }),
  ],
];
