import type { HandlerName } from '../../../constructs/functions/handler-names';
import { collectReports } from '../../../handlers/collect-reports/collect-reports';
import { collectReportsSettings } from '../../../handlers/collect-reports/settings';
import { exportResults } from '../../../handlers/export-results/export-results';
import { exportResultsSettings } from '../../../handlers/export-results/settings';
import { type ListAccountsProps, listAccounts } from '../../../handlers/list-accounts/list-accounts';
import { listAccountsSettings } from '../../../handlers/list-accounts/settings';
import { readSettings } from '../../../handlers/shared/settings';
import { placeOf } from '../../../handlers/summarize-run/place';
import { summarizeRunSettings } from '../../../handlers/summarize-run/settings';
import { summarizeRun } from '../../../handlers/summarize-run/summarize-run';
import type { SynthesizedStack } from '../../../local/synthesized-stack';
import { type ModeledClients, modeledClients } from '../modeled-aws/clients';
import type { Cpu } from '../modeled-aws/cpu';
import type { Handler, ModeledFunction } from '../modeled-aws/modeled-lambda';
import { model } from '../model';
import type { Design, Invoke } from '../modeled-run';
import { START } from '../virtual-time';

type CreateHandler = (
  clients: ModeledClients & { invoke: Invoke } & Pick<ListAccountsProps, 'describeExecution'>,
  environment: Record<string, string>,
) => Handler;

/** Creates handlers as the `index.ts` of each function does. */
const createHandler: Record<HandlerName, CreateHandler> = {
  'list-accounts': (clients, environment) => {
    const settings = readSettings(listAccountsSettings, environment);
    return listAccounts({
      ...clients,
      ...settings,
      collectReports: (event) => clients.invoke(settings.collectReportsFunction, event),
    });
  },
  'collect-reports': (clients, environment) =>
    collectReports({ ...clients, ...readSettings(collectReportsSettings, environment) }),
  'summarize-run': (clients, environment) => {
    const settings = readSettings(summarizeRunSettings, environment);
    return summarizeRun({ ...clients, place: placeOf(settings), partition: settings.partition });
  },
  'export-results': ({ bucket, events: client }, environment) => {
    const { eventBus, ocsf, ...settings } = readSettings(exportResultsSettings, environment);
    const events = eventBus === '' ? undefined : { client, bus: eventBus };
    return exportResults({ ...settings, bucket, events, ocsf: ocsf === 'true' });
  },
};

/** What would be deployed: the state machine, settings and handlers of this project. */
export function deployedDesign({
  stateMachine,
  functions,
  bucket: name,
  bucketOwner: owner,
  bucketPrefix: prefix,
  reportRoleName,
}: SynthesizedStack): Design {
  return {
    stateMachine,
    functions: (services, invoke) => {
      const clientsOf = (cpu: Cpu) => ({
        ...modeledClients(services, cpu, { name, owner, prefix }, reportRoleName),
        describeExecution: async () => {
          await services.aws.call('DescribeExecution', cpu);
          return { status: 'RUNNING', startedAt: new Date(START) };
        },
        invoke: async (name: string, event: unknown) => {
          await cpu.work(model.cpuMs.perCall);
          return invoke(name, event);
        },
      });
      return Object.fromEntries(
        functions.map(({ name, memoryMb, timeoutSeconds, environment }): [string, ModeledFunction] => {
          const handler = (Object.keys(createHandler) as HandlerName[]).find((one) => name.endsWith(one));
          if (!handler) throw new Error(`The benchmark has no handler for the function ${name}`);
          const start = (cpu: Cpu) => createHandler[handler](clientsOf(cpu), environment);
          return [name, { memoryMb, timeoutSeconds, start }];
        }),
      );
    },
  };
}
