import type { AccountSelection, CheckSettings, DigestOccasion, Waiting } from '../../handlers/shared/events';
import { permanentErrors } from '../../handlers/shared/permanent-errors';
import type { Scale } from '../environment/environment';

export interface WorkflowDefinitionProps {
  readonly partition: string;
  readonly topicArn: string;
  /** Name of the environment, as people read it. */
  readonly environment: string;
  readonly listAccounts: InvokedFunction;
  readonly collectReports: InvokedFunction;
  readonly summarizeRun: InvokedFunction;
  readonly waiting: Waiting;
  readonly selection: AccountSelection;
  readonly scale: Scale;
  readonly checks: CheckSettings;
  readonly digest: DigestOccasion;
}

/** What a state needs to know about a function. */
export interface InvokedFunction {
  readonly arn: string;
  readonly timeoutSeconds: number;
}

/**
 * The most accounts that an organization can have
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html).
 */
const MAX_ACCOUNTS = 50_000;

/** Time that a run may take besides waiting, s: listing, starting the batches, polling, and the summary. */
const TIME_BESIDES_WAITING = 4 * 3600;

/** Errors that would occur again on a retry. */
const neverRetried = { ErrorEquals: permanentErrors, MaxAttempts: 0 };

/** AWS Lambda throttled the invocation or did not respond; the function itself did not fail. */
const lambdaBusy = {
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
};

/** Attempts at a step that fails: the first, and two retries. */
export const ATTEMPTS_PER_STEP = 3;

const retryTwice = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 5,
  BackoffRate: 2,
  MaxAttempts: ATTEMPTS_PER_STEP - 1,
  JitterStrategy: 'FULL',
};

/** Whatever the error, a message is published before the run fails. */
const catchAll = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'PublishRunFailure' }];

/** The state machine in the Amazon States Language, in the order of its states. */
export function workflowDefinition(props: WorkflowDefinitionProps) {
  const { partition } = props;
  return {
    Comment: 'Collects the IAM credential report of every account of the organization',
    StartAt: 'ListAccounts',
    TimeoutSeconds: maxRunSeconds(props),
    States: {
      ListAccounts: {
        ...invocation(partition, props.listAccounts, {
          'execution.$': '$$.Execution.Name',
          // The date of a run is the date of its start, however long it takes.
          'startTime.$': '$$.Execution.StartTime',
          selection: props.selection,
        }),
        OutputPath: '$.Payload',
        Catch: catchAll,
        Next: 'AnyBatches?',
      },
      'AnyBatches?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.batches[0]', IsPresent: true, Next: 'CollectReports' }],
        Default: 'SummarizeRun',
      },
      CollectReports: collectReports(props),
      SummarizeRun: {
        ...invocation(partition, props.summarizeRun, {
          'runPrefix.$': '$.runPrefix',
          // Ages of credentials are counted from the start of the run, however long it takes.
          'startTime.$': '$$.Execution.StartTime',
          checks: props.checks,
          digest: props.digest,
        }),
        OutputPath: '$.Payload',
        Catch: catchAll,
        Next: 'DigestDue?',
      },
      'DigestDue?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.publish', BooleanEquals: true, Next: 'PublishDigest' }],
        Default: 'RunSucceeded',
      },
      PublishDigest: {
        ...publication(partition, {
          TopicArn: props.topicArn,
          'Subject.$': '$.digest.subject',
          'Message.$': '$.digest.message',
        }),
        ResultPath: null,
        Next: 'RunSucceeded',
      },
      RunSucceeded: { Type: 'Succeed' },
      PublishRunFailure: {
        ...publication(partition, {
          TopicArn: props.topicArn,
          Subject: `IAM credential reports ${props.environment}: the run failed`.slice(0, 99),
          'Message.$':
            "States.Format('The run {} failed, so its reports are not complete. {}', $$.Execution.Id, States.JsonToString($.error))",
        }),
        ResultPath: null,
        Next: 'RunFailed',
      },
      RunFailed: { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
    },
  };
}

/** Batches beyond the concurrency of the Map wait until earlier ones have ended. */
function maxRunSeconds({ waiting, scale }: WorkflowDefinitionProps): number {
  const waves = Math.ceil(MAX_ACCOUNTS / scale.batchSize / scale.mapConcurrency);
  return waves * waiting.seconds * waiting.cycles + TIME_BESIDES_WAITING;
}

/** One child execution for each batch: polls its accounts, waits, and polls again until none is pending. */
function collectReports({ partition, collectReports, waiting, scale }: WorkflowDefinitionProps) {
  return {
    Type: 'Map',
    Label: 'CollectReports',
    ItemsPath: '$.batches',
    ItemSelector: {
      'date.$': '$.date',
      'runPrefix.$': '$.runPrefix',
      'batch.$': '$$.Map.Item.Value',
      // One batch starts per second: STS allows 600 calls per second, which the account also needs for other purposes
      // (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
      'turn.$': '$$.Map.Item.Index',
      progress: { waited: 0 },
    },
    MaxConcurrency: scale.mapConcurrency,
    // The summary reports a batch that failed: its accounts have no outcome.
    ToleratedFailurePercentage: 100,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'WaitForTurn',
      States: {
        WaitForTurn: { Type: 'Wait', SecondsPath: '$.turn', Next: 'CollectBatch' },
        CollectBatch: {
          ...invocation(partition, collectReports, {
            'date.$': '$.date',
            'runPrefix.$': '$.runPrefix',
            'batch.$': '$.batch',
            'waited.$': '$.progress.waited',
            waiting,
          }),
          ResultSelector: {
            'pending.$': '$.Payload.pending',
            'waitSeconds.$': '$.Payload.waitSeconds',
            'waited.$': '$.Payload.waited',
          },
          ResultPath: '$.progress',
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'BatchFailed' }],
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
        // The outcomes are in the bucket; nothing is returned to the parent, however many batches there are.
        BatchCollected: { Type: 'Succeed', OutputPath: null },
        BatchFailed: { Type: 'Fail', Error: 'BatchFailed', Cause: 'See the log of collect-reports' },
      },
    },
    ResultPath: null,
    Catch: catchAll,
    Next: 'SummarizeRun',
  };
}

function invocation(partition: string, { arn, timeoutSeconds }: InvokedFunction, payload: object) {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: arn, Payload: payload },
    TimeoutSeconds: timeoutSeconds + 30,
    Retry: [neverRetried, lambdaBusy, retryTwice],
  };
}

function publication(partition: string, message: object) {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::sns:publish`,
    Parameters: message,
    TimeoutSeconds: 60,
    Retry: [{ ...retryTwice, MaxAttempts: 5 }],
  };
}
