import type { MetricName } from '../../shared/metric-names';

/** What of a manifest becomes metrics. */
interface Summarized {
  readonly totals: { readonly collected: number; readonly failed: number; readonly skipped: number };
  readonly accounts: readonly { readonly outcome: string; readonly generatedAt?: string | null }[];
}

/** The metrics of a run; without any report there is no oldest one. */
export function runMetrics(
  { totals: { collected, failed, skipped }, accounts }: Summarized,
  now: Date,
): Partial<Record<MetricName, number>> {
  const oldest = accounts.reduce(
    (age, { generatedAt }) => Math.max(age, generatedAt ? now.getTime() - Date.parse(generatedAt) : -1),
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
