import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { pollAccount } from '../../support/poll-account';
import { COLLECTING_ACCOUNT, model } from '../model';
import { type ModeledClients, modeledClients } from '../modeled-aws/clients';
import type { ModeledFunction } from '../modeled-aws/modeled-lambda';
import type { Design, ModeledServices } from '../modeled-run';
import { START } from '../virtual-time';

const PLACE = { name: 'reports', owner: COLLECTING_ACCOUNT, prefix: '' };
const DATE = new Date(START).toISOString().slice(0, 'YYYY-MM-DD'.length);

/**
 * The design of the published sample, for comparison: an inline Map with one account per iteration, ten at the same time.
 * Each iteration is a loop of Lambda, Choice and Wait. The wait is 60 s, as intended there, and the functions make the same
 * calls as those of this project.
 */
export const publishedDesign: Design = {
  stateMachine: {
    name: 'published',
    arn: `arn:aws:states:us-east-1:${COLLECTING_ACCOUNT}:stateMachine:published`,
    definition: {
      StartAt: 'ListAccounts',
      States: {
        ListAccounts: { ...invocation('list', {}), OutputPath: '$.Payload', Next: 'EveryAccount' },
        EveryAccount: {
          Type: 'Map',
          ItemsPath: '$.accounts',
          MaxConcurrency: 10,
          ItemProcessor: {
            StartAt: 'CollectReport',
            States: {
              CollectReport: {
                ...invocation('collect', { 'id.$': '$.id' }),
                OutputPath: '$.Payload',
                Next: 'ReportReady?',
              },
              'ReportReady?': {
                Type: 'Choice',
                Choices: [{ Variable: '$.ready', BooleanEquals: true, Next: 'ReportStored' }],
                Default: 'WaitForReport',
              },
              WaitForReport: { Type: 'Wait', Seconds: 60, Next: 'CollectReport' },
              ReportStored: { Type: 'Succeed' },
            },
          },
          // Without the results of the iterations, which would exceed the payload limit sooner.
          ResultPath: null,
          Next: 'Summarize',
        },
        Summarize: { ...invocation('summarize', {}), End: true },
      },
    },
  },
  functions: (services) => ({
    list: functionOf(services, ({ organizations }) => async () => {
      const accounts: { id: string }[] = [];
      let NextToken: string | undefined;
      do {
        const page = await organizations.send(new ListAccountsCommand({ NextToken }));
        accounts.push(...(page.Accounts ?? []).map(({ Id = '' }) => ({ id: Id })));
        ({ NextToken } = page);
      } while (NextToken);
      return { accounts };
    }),
    collect: functionOf(services, (collector) => async (event) => {
      const { id } = event as { id: string };
      const { outcome } = await pollAccount(id, DATE, collector);
      return { id, ready: outcome !== 'pending' };
    }),
    summarize: functionOf(services, () => () => Promise.resolve({})),
  }),
};

function functionOf(
  services: ModeledServices,
  handlerOf: (clients: ModeledClients) => ReturnType<ModeledFunction['start']>,
): ModeledFunction {
  return {
    memoryMb: 256,
    timeoutSeconds: model.lambda.maxTimeoutSeconds,
    start: (cpu) => handlerOf(modeledClients(services, cpu, PLACE, 'report-role')),
  };
}

function invocation(FunctionName: string, Payload: object) {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName, Payload },
    TimeoutSeconds: model.lambda.maxTimeoutSeconds,
  };
}
