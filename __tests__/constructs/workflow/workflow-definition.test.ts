import validate from 'asl-validator';
import { defaultOptions } from '../../../constructs/environment/environment';
import { workflowDefinition } from '../../../constructs/workflow/workflow-definition';
import type { RunSettings } from '../../../handlers/shared/events';
import { FunctionError } from '../../../local/engine/lambda';
import { execute } from '../../../local/engine/workflow';
import type { State, WorkflowDefinition } from '../../../local/engine/workflow-definition';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';
import { defaultSettings } from '../../../tools/support/embedded-execution';

const settings: RunSettings = {
  selection: { includeOus: [], excludeOus: [], exclude: ['222222222222'] },
  waiting: { seconds: 60, cycles: 45 },
  checks: defaultSettings.checks,
  digest: 'failures',
  serviceCredentials: false,
};

const props = {
  partition: 'aws',
  topicArn: 'arn:topic',
  listAccounts: { arn: 'arn:list', timeoutSeconds: 900 },
  collectReports: { arn: 'arn:collect', timeoutSeconds: 300 },
  summarizeRun: { arn: 'arn:summarize', timeoutSeconds: 600 },
  settings,
  scale: { ...defaultOptions.scale, batchSize: 100, batchConcurrency: 5, mapConcurrency: 70 },
};
const definition = workflowDefinition(props);

const withExport = workflowDefinition({
  partition: 'aws',
  topicArn: 'arn:topic',
  listAccounts: { arn: 'arn:list', timeoutSeconds: 900 },
  collectReports: { arn: 'arn:collect', timeoutSeconds: 300 },
  summarizeRun: { arn: 'arn:summarize', timeoutSeconds: 600 },
  exportResults: { arn: 'arn:export', timeoutSeconds: 300 },
  settings,
  scale: defaultOptions.scale,
}) as unknown as WorkflowDefinition;

const retriedInvocation = [
  { ErrorEquals: ['InvalidInput', 'InvalidSettings', 'InconsistentTotals', 'EventsRefused'], MaxAttempts: 0 },
  {
    ErrorEquals: [
      'Lambda.TooManyRequestsException',
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.ClientExecutionTimeoutException',
    ],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxDelaySeconds: 60,
    MaxAttempts: 8,
    JitterStrategy: 'FULL',
  },
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, BackoffRate: 2, MaxAttempts: 2, JitterStrategy: 'FULL' },
];
const retriedPublication = [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, BackoffRate: 2, MaxAttempts: 5, JitterStrategy: 'FULL' },
];

describe('the state machine', () => {
  it('lists accounts, collects reports in batches, summarizes, and publishes digests', () => {
    expect(definition).toEqual({
      Comment: 'Collects the IAM credential report of every account of the organization',
      StartAt: 'ListAccounts',
      // 500 batches, 70 at a time.
      TimeoutSeconds: 8 * 2700 + 4 * 3600,
      States: {
        ListAccounts: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: {
            FunctionName: 'arn:list',
            Payload: {
              'execution.$': '$$.Execution.Id',
              settings: {
                selection: { includeOus: [], excludeOus: [], exclude: ['222222222222'] },
                waiting: { seconds: 60, cycles: 45 },
                checks: defaultSettings.checks,
                digest: 'failures',
                serviceCredentials: false,
              },
            },
          },
          OutputPath: '$.Payload',
          TimeoutSeconds: 930,
          Retry: retriedInvocation,
          Next: 'AnyBatches?',
        },
        'AnyBatches?': {
          Type: 'Choice',
          Choices: [{ Variable: '$.batches[0]', IsPresent: true, Next: 'CollectReports' }],
          Default: 'SummarizeRun',
        },
        CollectReports: {
          Type: 'Map',
          Label: 'CollectReports',
          ItemsPath: '$.batches',
          ItemSelector: {
            'run.$': '$.run',
            'nonce.$': '$.nonce',
            'batch.$': '$$.Map.Item.Value',
            'turn.$': '$$.Map.Item.Index',
            progress: { waited: 0 },
          },
          MaxConcurrency: 70,
          ToleratedFailurePercentage: 100,
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'WaitForTurn',
            States: {
              WaitForTurn: { Type: 'Wait', SecondsPath: '$.turn', Next: 'CollectBatch' },
              CollectBatch: {
                Type: 'Task',
                Resource: 'arn:aws:states:::lambda:invoke',
                Parameters: {
                  FunctionName: 'arn:collect',
                  Payload: {
                    'run.$': '$.run',
                    'nonce.$': '$.nonce',
                    'batch.$': '$.batch',
                    'waited.$': '$.progress.waited',
                  },
                },
                ResultSelector: {
                  'pending.$': '$.Payload.pending',
                  'waitSeconds.$': '$.Payload.waitSeconds',
                  'waited.$': '$.Payload.waited',
                },
                ResultPath: '$.progress',
                TimeoutSeconds: 330,
                Retry: retriedInvocation,
                Next: 'AnyPending?',
              },
              'AnyPending?': {
                Type: 'Choice',
                Choices: [
                  {
                    And: [
                      { Variable: '$.progress.pending', NumericGreaterThan: 0 },
                      { Variable: '$.progress.waitSeconds', NumericGreaterThan: 0 },
                    ],
                    Next: 'WaitForReports',
                  },
                ],
                Default: 'BatchCollected',
              },
              WaitForReports: { Type: 'Wait', SecondsPath: '$.progress.waitSeconds', Next: 'CollectBatch' },
              BatchCollected: { Type: 'Succeed', OutputPath: null },
            },
          },
          ResultPath: null,
          Next: 'SummarizeRun',
        },
        SummarizeRun: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: {
            FunctionName: 'arn:summarize',
            Payload: { 'run.$': '$.run', 'ledger.$': '$.ledger' },
          },
          OutputPath: '$.Payload',
          TimeoutSeconds: 630,
          Retry: retriedInvocation,
          Next: 'DigestDue?',
        },
        'DigestDue?': {
          Type: 'Choice',
          Choices: [{ Variable: '$.publish', BooleanEquals: true, Next: 'PublishDigest' }],
          Default: 'RunSucceeded',
        },
        PublishDigest: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sns:publish',
          Parameters: {
            TopicArn: 'arn:topic',
            'Subject.$': '$.digest.subject',
            'Message.$': '$.digest.message',
          },
          ResultPath: null,
          TimeoutSeconds: 60,
          Retry: retriedPublication,
          Next: 'RunSucceeded',
        },
        RunSucceeded: { Type: 'Succeed' },
      },
    });
  });

  it('publishes the message for chats after the digest, if there is a topic for it, and changes nothing else', () => {
    const { PublishDigest, ...others } = definition.States;
    expect(workflowDefinition({ ...props, chatTopicArn: 'arn:chat' }).States).toEqual({
      ...others,
      PublishDigest: { ...PublishDigest, Next: 'PublishChatMessage' },
      PublishChatMessage: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sns:publish',
        Parameters: { TopicArn: 'arn:chat', 'Message.$': '$.digest.chat' },
        ResultPath: null,
        TimeoutSeconds: 60,
        Retry: retriedPublication,
        Next: 'RunSucceeded',
      },
    });
  });

  it.each([{}, { chat: true }])(
    'is valid Amazon States Language when it is synthesized with %j',
    (environment) => {
      const synthesized = new SynthesizedStack(environment).resource('workflow/state-machine')
        .definition as string;
      const { isValid, errorsText } = validate(JSON.parse(synthesized) as never, {
        checkPaths: true,
        checkArn: true,
      });
      expect(errorsText('\n')).toBe('');
      expect(isValid).toBe(true);
    },
  );

  it('never goes on from an error to a state that fails, where AWS would redrive it', () => {
    const synthesized = new SynthesizedStack().resource('workflow/state-machine').definition as string;
    expect(pathsFromErrorToFail(JSON.parse(synthesized) as WorkflowDefinition)).toEqual([]);
  });

  it('is known at plan time: it contains no Terraform reference', () => {
    expect(new SynthesizedStack().resource('workflow/state-machine').definition).not.toMatch(/[$%]\{/);
  });
});

describe('the export of the results', () => {
  const { States } = withExport;

  it('comes after the digest, whether one is sent or not', () => {
    expect(States['DigestDue?']?.Default).toBe('ExportResults');
    expect(States.PublishDigest?.Next).toBe('ExportResults');
  });

  it('gets the manifest alone, and ends the run whether it succeeds or not', () => {
    expect(States.ExportResults).toMatchObject({
      Parameters: { FunctionName: 'arn:export', Payload: { 'manifest.$': '$.manifest' } },
      Next: 'RunSucceeded',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'TellFailedExport' }],
    });
    expect(pathsFromErrorToFail(withExport)).toEqual([]);
  });

  it('is told if it fails, after retries unless events were refused, and the run succeeds also if that cannot be told', async () => {
    const run = async (error: string, publish: (message: { Message: string }) => Promise<unknown>) => {
      const invoked: string[] = [];
      const result = await execute({
        stateMachine: {
          name: 'run',
          arn: 'arn:aws:states:us-east-1:111111111111:stateMachine:run',
          definition: withExport,
        },
        execution: 'daily',
        waitSeconds: 0.001,
        integrations: {
          'lambda:invoke': ({ FunctionName }) => {
            invoked.push(FunctionName);
            if (FunctionName === 'arn:export') throw new FunctionError(error, 'not accepted');
            const manifest = { key: 'manifests/test/00000001.json', sha256: '0'.repeat(64) };
            return Promise.resolve({
              Payload: { run: 'run', ledger: 'hash', publish: false, manifest, batches: [] },
            });
          },
          'sns:publish': publish,
        },
      });
      return { status: result.status, invoked };
    };
    const told: string[] = [];
    const tell = ({ Message }: { Message: string }) => Promise.resolve(told.push(Message));
    const before = ['arn:list', 'arn:summarize'];
    await expect(run('AccessDenied', tell)).resolves.toEqual({
      ...{ status: 'SUCCEEDED', invoked: [...before, 'arn:export', 'arn:export', 'arn:export'] },
    });
    // Another try would send again what EventBridge accepted.
    await expect(run('EventsRefused', tell)).resolves.toEqual({
      ...{ status: 'SUCCEEDED', invoked: [...before, 'arn:export'] },
    });
    expect(told).toEqual(
      ['AccessDenied', 'EventsRefused'].map(
        (error) =>
          expect.stringMatching(
            RegExp(
              `^The run has ended.* other systems: ${error}: .*not accepted.*Manifest: manifests/test/00000001.json, SHA-256 0{64}\\. .*execution:run:daily$`,
            ),
          ) as string,
      ),
    );
    const failing = () => Promise.reject(new Error('no topic'));
    await expect(run('EventsRefused', failing)).resolves.toMatchObject({ status: 'SUCCEEDED' });
  });

  it('is valid in the Amazon States Language', () => {
    expect(validate(withExport).isValid).toBe(true);
  });
});

describe('the search for paths from an error to a state that fails', () => {
  const caught = { ErrorEquals: ['States.ALL'], Next: 'Tell' };
  const broken: WorkflowDefinition = {
    StartAt: 'Work',
    States: {
      Work: { Type: 'Task', Catch: [caught], Next: 'Done' },
      Tell: { Type: 'Task', Next: 'Which?' },
      'Which?': { Type: 'Choice', Choices: [{ Next: 'Failed' }], Default: 'Tell' },
      Failed: { Type: 'Fail' },
      Done: { Type: 'Succeed' },
    },
  };

  it('finds one that leads over other states, choices and circles', () => {
    expect(pathsFromErrorToFail(broken)).toEqual(['Work -> Tell -> Which? -> Failed']);
  });

  it('finds one in the child executions of a Map', () => {
    const parent = { StartAt: 'Each', States: { Each: { Type: 'Map', ItemProcessor: broken, End: true } } };
    expect(pathsFromErrorToFail(parent)).toEqual(['Each: Work -> Tell -> Which? -> Failed']);
  });

  it('allows an error that is caught and overcome', () => {
    const { Failed: _, ...States } = broken.States;
    expect(pathsFromErrorToFail({ ...broken, States: { ...States, Failed: { Type: 'Succeed' } } })).toEqual(
      [],
    );
  });
});

/** Paths from a state that catches an error to a `Fail` state, also within Maps. */
function pathsFromErrorToFail({ States }: WorkflowDefinition): string[] {
  const toFail = (name: string, before: readonly string[]): string[] => {
    const state = States[name];
    if (!state || before.includes(name)) return [];
    const path = [...before, name];
    return state.Type === 'Fail'
      ? [path.join(' -> ')]
      : nextStates(state).flatMap((next) => toFail(next, path));
  };
  return Object.entries(States).flatMap(([name, state]) => [
    ...catchers(state).flatMap(({ Next }) => toFail(Next, [name])),
    ...(state.ItemProcessor
      ? pathsFromErrorToFail(state.ItemProcessor as WorkflowDefinition).map((path) => `${name}: ${path}`)
      : []),
  ]);
}

interface Leads {
  Next: string;
}
const catchers = ({ Catch = [] }: State) => Catch as Leads[];

const nextStates = (state: State): string[] =>
  [
    state.Next,
    state.Default,
    ...[...((state.Choices ?? []) as Leads[]), ...catchers(state)].map(({ Next }) => Next),
  ].filter((next): next is string => typeof next === 'string');
