import { join, relative } from 'node:path';
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
    `Reports:  ${shown(join(bucket, date))}`,
    `Manifest: ${shown(join(bucket, manifest))}`,
  ].join('\n');
}

/** A path as it can be pasted behind a command. */
function shown(path: string): string {
  const fromHere = relative('', path);
  return fromHere.startsWith('..') ? path : fromHere;
}

function sent(notifications: CollectionResult['notifications']): string[] {
  return notifications.flatMap(({ subject, message }) => [
    '',
    'Sent to the alert topic:',
    ...shortened([subject, '', ...message.split('\n')]).map((line) => `  | ${line}`),
  ]);
}

function shortened(lines: string[]): string[] {
  const more = lines.length - SHOWN;
  return more <= 0 ? lines : [...lines.slice(0, SHOWN), `and ${more} more lines`];
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
