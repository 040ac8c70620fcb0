/**
 * Metrics in the embedded metric format: CloudWatch reads them from a log line. See
 * `docs/decisions/no-powertools.md` for why this is not a library.
 */
import { METRIC_NAMESPACE, type MetricName, metrics } from '../../shared/metric-names';

/**
 * Publishes metrics under one set of dimensions.
 *
 * It does not use `console`: AWS Lambda prints the time and the request ID in front of that, and the line must start with
 * the JSON
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
