import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Construct } from 'constructs';
import { METRIC_NAMESPACE, type MetricName } from '../handlers/shared/metric-names';

/** How a metric is read. */
export interface MetricReading {
  /** Such as `Sum` or `Maximum`. */
  readonly statistic: string;
  /** Seconds that one value stands for. */
  readonly period: number;
}

/** A metric and how it is read. */
export interface MetricConfig extends MetricReading {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What an alarm on a metric is about, apart from the metric. */
export type MetricAlarmConfig = Omit<
  CloudwatchMetricAlarmConfig,
  keyof MetricConfig | 'comparisonOperator' | 'evaluationPeriods'
> &
  Partial<Pick<CloudwatchMetricAlarmConfig, 'comparisonOperator' | 'evaluationPeriods'>>;

/** A metric of CloudWatch that a deployment has, for alarms and dashboards of your own. */
export class Metric implements MetricReading {
  readonly statistic: string;
  readonly period: number;

  /** @param reading - how an alarm reads it; by default the sum of five minutes */
  constructor(
    readonly namespace: string,
    readonly metricName: string,
    readonly dimensions: Readonly<Record<string, string>>,
    reading: Partial<MetricReading> = {},
  ) {
    this.statistic = reading.statistic ?? 'Sum';
    this.period = reading.period ?? 300;
  }

  /** The same metric, read in another way. */
  with(reading: Partial<MetricReading>): Metric {
    const { namespace, metricName, dimensions, ...before } = this.config;
    return new Metric(namespace, metricName, dimensions, { ...before, ...reading });
  }

  /** What a resource that reads the metric needs to know. */
  get config(): MetricConfig {
    const { namespace, metricName, dimensions, statistic, period } = this;
    return { namespace, metricName, dimensions, statistic, period };
  }

  /**
   * An alarm that watches the metric.
   * @param config - as of the resource; by default it is in alarm when one value is greater than the threshold
   */
  createAlarm(scope: Construct, id: string, config: MetricAlarmConfig): CloudwatchMetricAlarm {
    return new CloudwatchMetricAlarm(scope, id, {
      comparisonOperator: 'GreaterThanThreshold',
      evaluationPeriods: 1,
      ...config,
      ...this.config,
    });
  }
}

/** Metrics of the state machine that alarms and dashboards watch. */
export type WorkflowMetricName =
  `Executions${'Started' | 'Succeeded' | 'Failed' | 'TimedOut' | 'Aborted'}` | 'ExecutionTime';

export const workflowMetric = (StateMachineArn: string, name: WorkflowMetricName): Metric =>
  new Metric('AWS/States', name, { StateMachineArn });

/** Metrics of a function that alarms and dashboards watch. */
export type FunctionMetricName = 'Invocations' | 'Errors' | 'Throttles' | 'Duration';

export const functionMetric = (FunctionName: string, name: FunctionMetricName): Metric =>
  new Metric('AWS/Lambda', name, { FunctionName });

/** What a run measures about itself; findings have a check too. */
export type RunMetricName = Exclude<MetricName, 'Findings'>;

/** What a run measures about itself; it has one value for each run. */
export const runMetric = (Environment: string, name: RunMetricName): Metric =>
  new Metric(METRIC_NAMESPACE, name, { Environment }, { statistic: 'Maximum' });

export const findingsMetric = (Environment: string, Check: string): Metric =>
  new Metric(
    METRIC_NAMESPACE,
    'Findings' satisfies MetricName,
    { Environment, Check },
    { statistic: 'Maximum' },
  );
