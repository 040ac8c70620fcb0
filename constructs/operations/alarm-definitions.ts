/**
 * What the alarms watch. Period times evaluation periods may be at most one day for periods under an hour, and seven days
 * for others
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html).
 */
import type { CloudwatchMetricAlarmConfig } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { type WorkflowMetricName, functionMetric, runMetric, workflowMetric } from '../metric';
import { ATTEMPTS_PER_STEP } from '../workflow/tasks';

export interface AlarmDefinition extends Omit<
  CloudwatchMetricAlarmConfig,
  'alarmName' | 'alarmActions' | 'okActions' | 'alarmDescription'
> {
  /** What happened, as a sentence. */
  readonly alarmDescription: string;
  /**
   * What it means that the alarm is over, as a sentence; a message is sent then.
   * @default - no message: the alarm ends by itself when its period is over, whether anything was done or not
   */
  readonly whenOk?: string;
  /**
   * Minutes after its creation in which the alarm stays silent, 1 to 2,880.
   * @default - it is evaluated at once
   */
  readonly warmUpMinutes?: number;
}

export interface Watched {
  readonly stateMachineArn: string;
  readonly environment: string;
  readonly functions: readonly { readonly handler: string; readonly functionName: string }[];
  readonly deadLettersName: string;
}

/** A run starts every 24 hours, or 25 when daylight saving time ends. */
export const HOURS_WITHOUT_RUN = 26;

/** The alarms by the last part of their name, which is also their heading in docs/operations.md. */
export function alarmDefinitions(watched: Watched): Record<string, AlarmDefinition> {
  const { stateMachineArn: StateMachineArn, environment, deadLettersName } = watched;
  const executions = (name: WorkflowMetricName) => ({
    ...oneOrMore,
    ...workflowMetric(StateMachineArn, name).config,
  });
  return {
    'execution-failed': {
      ...executions('ExecutionsFailed'),
      alarmDescription: 'A run failed: its reports are not complete.',
    },
    'execution-timed-out': {
      ...executions('ExecutionsTimedOut'),
      alarmDescription: 'A run exceeded its time limit; no digest was sent.',
    },
    'execution-aborted': {
      ...executions('ExecutionsAborted'),
      alarmDescription: 'A run was stopped: its reports are not complete.',
    },
    'did-not-run': didNotRun(StateMachineArn),
    'accounts-failed': {
      ...oneOrMore,
      ...runMetric(environment, 'AccountsFailed').config,
      alarmDescription: 'Accounts failed in the last run; its digest names them.',
      whenOk: 'No account failed in the last run.',
      // Between runs the alarm keeps its state, so it ends with the next run without failed accounts.
      treatMissingData: 'ignore',
    },
    ...Object.fromEntries(watched.functions.map(functionErroring)),
    'start-failed': {
      ...oneOrMore,
      alarmDescription: 'The schedule could not start a run; the dead-letter queue has the reason.',
      // Messages stay in the queue for 14 days, and it sends its metrics as long as it has some.
      whenOk: 'The dead-letter queue is empty.',
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: deadLettersName },
      statistic: 'Maximum',
    },
  };
}

/** One or more within five minutes; missing data is not a problem. */
const oneOrMore = {
  comparisonOperator: 'GreaterThanThreshold',
  threshold: 0,
  statistic: 'Sum',
  period: 300,
  evaluationPeriods: 1,
  treatMissingData: 'notBreaching',
};

function didNotRun(stateMachineArn: string): AlarmDefinition {
  const hourly = workflowMetric(stateMachineArn, 'ExecutionsStarted').with({ period: 3600 });
  const { statistic, ...started } = hourly.config;
  return {
    alarmDescription: `No run has started for ${HOURS_WITHOUT_RUN} hours.`,
    whenOk: 'A run has started.',
    comparisonOperator: 'LessThanThreshold',
    threshold: 1,
    evaluationPeriods: HOURS_WITHOUT_RUN,
    treatMissingData: 'breaching',
    // After a first deployment there was no run in the hours before, and the first may start a day later.
    warmUpMinutes: HOURS_WITHOUT_RUN * 60,
    metricQuery: [
      {
        id: 'starts',
        // Hours without a start have no data, and CloudWatch would look for data further back than 26 hours
        // (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html).
        expression: 'FILL(started, 0)',
        label: 'Runs started',
        returnData: true,
      },
      {
        id: 'started',
        metric: {
          ...started,
          stat: statistic,
        },
      },
    ],
  };
}

function functionErroring({
  handler,
  functionName,
}: Watched['functions'][number]): [string, AlarmDefinition] {
  return [
    `${handler}-erroring`,
    {
      ...oneOrMore,
      ...functionMetric(functionName, 'Errors').with({ period: 3600 }).config,
      alarmDescription: `${handler} failed at least ${ATTEMPTS_PER_STEP} times within an hour: every attempt at a step may have failed.`,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: ATTEMPTS_PER_STEP,
    },
  ];
}
