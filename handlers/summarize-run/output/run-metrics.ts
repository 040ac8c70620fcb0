import { elapsedSince } from '../../core/elapsed';
import type { MetricName } from '../../shared/metric-names';

/** The part of a manifest that becomes metrics. */
interface SummarizedRun {
  readonly totals: { readonly collected: number; readonly failed: number; readonly skipped: number };
  readonly accounts: readonly { readonly outcome: string; readonly generatedAt?: string | null }[];
}

/** The metrics of a run. `OldestReportAge` is absent if the run has no report. */
export function runMetrics(
  { totals: { collected, failed, skipped }, accounts }: SummarizedRun,
  now: Date,
): Partial<Record<MetricName, number>> {
  const oldest = accounts.reduce(
    (age, { generatedAt }) => (generatedAt ? Math.max(age, elapsedSince(generatedAt, now.getTime())) : age),
    -1,
  );
  return {
    AccountsExpected: collected + failed,
    AccountsCollected: collected,
    AccountsFailed: failed,
    AccountsSkipped: skipped,
    ...(oldest >= 0 && { OldestReportAge: Math.round(oldest / 1000) }),
  };
}
