/**
 * Metrics in the embedded metric format: a line of the log, from which CloudWatch takes them. Twenty lines of
 * its own and not `@aws-lambda-powertools/metrics`, which adds 15 KB to a bundle and keeps metrics until they are
 * flushed: here all of them are known at once.
 */
import { METRIC_NAMESPACE, type MetricName, metrics } from '../../shared/metric-names';

/**
 * Publishes metrics under one set of dimensions.
 *
 * It goes past `console`: AWS Lambda puts time and request id before what that prints, and the line has to be
 * JSON from its beginning
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
export function publishMetrics(
  dimensions: Readonly<Record<string, string>>,
  values: Readonly<Partial<Record<MetricName, number>>>,
  now = new Date(),
): void {
  const names = Object.keys(values) as MetricName[];
  const line = {
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [Object.keys(dimensions)],
          Metrics: names.map((Name) => ({ Name, Unit: metrics[Name] })),
        },
      ],
    },
    ...dimensions,
    ...values,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
