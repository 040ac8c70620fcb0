/**
 * What the alarms watch. Limits of their windows: period x evaluation periods is at most a day for periods under an
 * hour, and seven days for others
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html).
 */
import type { CloudwatchMetricAlarmConfig } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { METRIC_NAMESPACE, type MetricName } from '../../handlers/shared/metric-names';

export type AlarmDefinition = Omit<CloudwatchMetricAlarmConfig, 'alarmName' | 'alarmActions'>;

export interface Watched {
  readonly stateMachineArn: string;
  readonly environment: string;
  readonly functions: readonly { readonly handler: string; readonly functionName: string }[];
  readonly deadLettersName: string;
}

/** A run starts every 24 hours; in autumn it may be 25. */
const HOURS_WITHOUT_RUN = 26;
/** A step of the workflow has been tried as often when it fails: once, and twice again. */
const ATTEMPTS_OF_A_STEP = 3;

/** The alarms by the last part of their names, which is their heading in docs/operations.md too. */
export function alarmDefinitions(watched: Watched): Record<string, AlarmDefinition> {
  const { stateMachineArn: StateMachineArn, environment, deadLettersName } = watched;
  const executions = (metricName: string) => ({
    ...anyOf,
    namespace: 'AWS/States',
    metricName,
    dimensions: { StateMachineArn },
  });
  return {
    'execution-failed': {
      ...executions('ExecutionsFailed'),
      alarmDescription: 'A run failed: its reports are not complete.',
    },
    'execution-timed-out': {
      ...executions('ExecutionsTimedOut'),
      alarmDescription: 'A run took longer than it may, and was ended without a word of its own.',
    },
    'execution-aborted': {
      ...executions('ExecutionsAborted'),
      alarmDescription: 'Somebody stopped a run: its reports are not complete.',
    },
    'did-not-run': didNotRun(StateMachineArn),
    'accounts-failed': {
      ...anyOf,
      alarmDescription: 'Accounts of the last run have no report; the digest of the run names them.',
      namespace: METRIC_NAMESPACE,
      metricName: 'AccountsFailed' satisfies MetricName,
      dimensions: { Environment: environment },
      statistic: 'Maximum',
      // Between runs it stays as the last run left it, so that it ends with the run that repairs it.
      treatMissingData: 'ignore',
    },
    ...Object.fromEntries(watched.functions.map(functionErroring)),
    'start-failed': {
      ...anyOf,
      alarmDescription: 'The schedule could not start a run; why is in the dead-letter queue.',
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: deadLettersName },
      statistic: 'Maximum',
    },
  };
}

/** One or more within five minutes; nothing to count is nothing wrong. */
const anyOf = {
  comparisonOperator: 'GreaterThanThreshold',
  threshold: 0,
  statistic: 'Sum',
  period: 300,
  evaluationPeriods: 1,
  treatMissingData: 'notBreaching',
};

function didNotRun(StateMachineArn: string): AlarmDefinition {
  return {
    alarmDescription: `No run was started for ${HOURS_WITHOUT_RUN} hours.`,
    comparisonOperator: 'LessThanThreshold',
    threshold: 1,
    evaluationPeriods: HOURS_WITHOUT_RUN,
    treatMissingData: 'breaching',
    metricQuery: [
      {
        id: 'starts',
        // Hours without a start have no data, and CloudWatch would look for some further back than 26 hours
        // (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html).
        expression: 'FILL(started, 0)',
        label: 'Runs started',
        returnData: true,
      },
      {
        id: 'started',
        metric: {
          namespace: 'AWS/States',
          metricName: 'ExecutionsStarted',
          dimensions: { StateMachineArn },
          period: 3600,
          stat: 'Sum',
        },
      },
    ],
  };
}

function functionErroring({
  handler,
  functionName: FunctionName,
}: Watched['functions'][number]): [string, AlarmDefinition] {
  return [
    `${handler}-erroring`,
    {
      ...anyOf,
      alarmDescription: `${handler} failed as often within an hour as a step is tried.`,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: ATTEMPTS_OF_A_STEP,
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensions: { FunctionName },
      period: 3600,
    },
  ];
}
