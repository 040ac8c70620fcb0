/** The files of a run in the bucket when `summarize-run` starts. */
import { keys, runPrefixOf } from '../../handlers/shared/bucket-layout';
import type { SummarizeRunEvent } from '../../handlers/shared/events';
import type { LedgerAccount, Outcome } from '../../handlers/shared/run-files';
import { REPORT_COLUMNS } from '../../handlers/credential-report/credential-row';
import type { ReportBucket } from '../../handlers/shared/aws/report-bucket';
import type { Cells } from './rows';

export const DATE = '2026-11-22';

export interface StoredAccount {
  id: string;
  name?: string;
  /** The rows of its report. */
  rows?: Cells[];
  /** The content of its report, if rows cannot describe it. */
  content?: string;
  failed?: Extract<Outcome, { outcome: 'failed' }>['reason'];
  skip?: string;
  /** When IAM made the report, and when it was collected, if not at the start of the run. */
  generatedAt?: string;
  collectedAt?: string;
  /** The report was collected, but is not in the bucket. */
  lost?: boolean;
}

export function reportOf(rows: readonly Cells[]): string {
  const quoted = (text = '') => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [
    REPORT_COLUMNS.join(','),
    ...rows.map((row) => REPORT_COLUMNS.map((name) => quoted(row[name])).join(',')),
  ].join('\n');
}

/** Puts a run into the bucket and returns the event that summarizes it. */
export async function storeRun(
  bucket: ReportBucket,
  accounts: readonly StoredAccount[],
  {
    date = DATE,
    execution = 'run-1',
    startTime = `${date}T08:00:00.000Z`,
    ...event
  }: Partial<SummarizeRunEvent & { date: string; execution: string }> = {},
): Promise<SummarizeRunEvent> {
  const runPrefix = runPrefixOf(date, execution);
  const outcomes: Outcome[] = [];
  for (const { id, rows = [], content = reportOf(rows), failed, skip, lost, ...times } of accounts) {
    if (skip) continue;
    if (failed) outcomes.push({ account: id, outcome: 'failed', reason: failed, detail: 'denied' });
    else {
      if (!lost) await bucket.put(keys.report(date, id), content);
      outcomes.push({
        account: id,
        outcome: 'collected',
        generatedAt: times.generatedAt ?? `${date}T07:00:00.000Z`,
        collectedAt: times.collectedAt ?? `${date}T08:01:30.000Z`,
        bytes: content.length,
      });
    }
  }
  const ledger = accounts.map(({ id, name = `name-${id}`, skip }): LedgerAccount => ({
    id,
    name,
    state: skip ?? 'ACTIVE',
    path: `o-example/r-1234/ou-1234-56789012/${id}/`,
    ...(skip && { skip }),
  }));
  await bucket.putJson(keys.ledger(runPrefix), { execution, date, accounts: ledger });
  await bucket.putJson(keys.outcomes(runPrefix, 1), { batch: 1, outcomes });
  const checks = { unusedDays: 45, rotationDays: 90, rootUnusedDays: 30, exemptions: [] };
  return { runPrefix, startTime, checks, digest: 'failures', ...event };
}

export const accountId = (number: number) => String(100_000_000_000 + number);

/** The cells for a user of an account. */
export const as = (user: string, account: string, cells: Cells): Cells => ({
  ...cells,
  user,
  arn: user === '<root_account>' ? `arn:aws:iam::${account}:root` : `arn:aws:iam::${account}:user/${user}`,
});
