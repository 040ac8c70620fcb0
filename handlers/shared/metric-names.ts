/** The metrics of a run: names and units that functions, alarms and dashboard share. */

export const METRIC_NAMESPACE = 'IamCredentialReports';

export const metrics = {
  /** Accounts whose report was expected. */
  AccountsExpected: 'Count',
  AccountsCollected: 'Count',
  AccountsFailed: 'Count',
  AccountsSkipped: 'Count',
  /** Age of the oldest report of the run when the run was summarized. */
  OldestReportAge: 'Seconds',
  /** Findings of a check; its other dimension is `Check`. */
  Findings: 'Count',
} as const;
/** The name of a metric of a run. */
export type MetricName = keyof typeof metrics;
