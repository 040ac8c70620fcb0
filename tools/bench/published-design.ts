import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { pollAccount } from '../../handlers/collect-reports/poll-account';
import { model } from './model';
import type { ModelledFunction } from './modelled-lambda';
import type { Design, World } from './modelled-run';
import { clientsOf } from './our-design';

/**
 * The design of the published sample, to compare with: an inline Map with one account an iteration, ten at the
 * same time, each iteration a loop of Lambda, Choice and Wait. Its wait is taken to be the 60 s that it is
 * meant to be, and its functions make the same calls as those of this project.
 */
export const publishedDesign: Design = {
  stateMachine: {
    name: 'published',
    arn: 'arn:aws:states:us-east-1:100000000000:stateMachine:published',
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
          // What the iterations answer is not counted against it: it would break it sooner.
          ResultPath: null,
          Next: 'Summarize',
        },
        Summarize: { ...invocation('summarize', {}), End: true },
      },
    },
  },
  functions: (world) => ({
    list: functionOf(world, ({ organizations }) => async () => {
      const accounts: { id: string }[] = [];
      let NextToken: string | undefined;
      do {
        const page = await organizations.send(new ListAccountsCommand({ NextToken }));
        accounts.push(...(page.Accounts ?? []).map(({ Id = '' }) => ({ id: Id })));
        ({ NextToken } = page);
      } while (NextToken);
      return { accounts };
    }),
    collect: functionOf(world, (collector) => async (event) => {
      const { id } = event as { id: string };
      const look = await pollAccount(id, '2026-11-22', collector, {});
      return { id, ready: look.outcome !== 'pending' };
    }),
    summarize: functionOf(world, () => () => Promise.resolve({})),
  }),
};

function functionOf(
  world: World,
  handlerOf: (clients: ReturnType<typeof clientsOf>) => ReturnType<ModelledFunction['start']>,
): ModelledFunction {
  return {
    memoryMb: 256,
    timeoutSeconds: model.lambda.longestSeconds,
    start: (cpu) => handlerOf(clientsOf(world, cpu, 'reports', 'report-role')),
  };
}

function invocation(FunctionName: string, Payload: object) {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName, Payload },
    TimeoutSeconds: model.lambda.longestSeconds,
  };
}
