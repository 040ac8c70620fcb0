import { join } from 'node:path';
import type { CollectionResult } from './collection';

/** Lines of a message that a terminal shows; the manifest has every account. */
const SHOWN = 40;

/** What a person wants to know at the end of a run. */
export function summary(result: CollectionResult): string {
  const { coverage, notifications, seconds, bucket, manifest } = result;
  if (!coverage || !manifest) {
    return ['', `The run broke after ${seconds} s: ${result.error ?? ''}`, ...sent(notifications)].join('\n');
  }
  const { totals, date } = coverage;
  const expected = totals.collected + totals.failed;
  return [
    '',
    `Collected ${totals.collected} of ${expected} accounts in ${seconds} s; ${totals.failed} failed, ${totals.skipped} skipped`,
    ...sent(notifications),
    '',
    `Reports:  ${join(bucket, date)}`,
    `Manifest: ${join(bucket, manifest)}`,
  ].join('\n');
}

function sent(notifications: CollectionResult['notifications']): string[] {
  return notifications.flatMap(({ subject, message }) => [
    '',
    'Sent to the alert topic:',
    ...[subject, '', message]
      .join('\n')
      .split('\n')
      .slice(0, SHOWN)
      .map((line) => `  | ${line}`),
  ]);
}

/** The same for programs. */
export function jsonSummary(result: CollectionResult) {
  const { status, error, coverage, notifications, seconds, bucket, manifest } = result;
  const totals = coverage?.totals;
  return {
    status,
    ...(error && { error }),
    date: coverage?.date ?? null,
    execution: coverage?.execution ?? null,
    accounts: totals?.accounts ?? null,
    collected: totals?.collected ?? null,
    failed: totals?.failed ?? null,
    skipped: totals?.skipped ?? null,
    seconds,
    bucket,
    manifest: manifest ?? null,
    failures: failures(result),
    notifications,
  };
}

function failures({ coverage }: CollectionResult) {
  return (coverage?.accounts ?? []).flatMap((account) =>
    account.outcome === 'failed'
      ? [{ account: account.id, name: account.name, reason: account.reason, detail: account.detail }]
      : [],
  );
}
