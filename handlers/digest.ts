import type { RunSummary } from './contract';
import type { Coverage, Covered } from './coverage';

/**
 * Longest message, bytes. SNS takes 262,144 bytes (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html);
 * the message also travels through the state machine, where 64 KiB is the most that this project allows itself.
 */
const MAX_MESSAGE_BYTES = 48 * 1024;
/** SNS wants less than 100 characters. */
const MAX_SUBJECT = 99;

/** What is mailed about a run: coverage, then every failed account and its reason. */
export function digest(
  { date, execution, totals, accounts }: Coverage,
  environment: string,
  manifestUrl: string,
): RunSummary['digest'] {
  const expected = totals.collected + totals.failed;
  const subject = `IAM credential reports ${environment} ${date}: ${totals.failed} of ${expected} accounts failed`;
  const head = [
    `Environment: ${environment}`,
    `Date: ${date}`,
    `Execution: ${execution}`,
    '',
    `Accounts: ${totals.accounts}`,
    `Collected: ${totals.collected}`,
    `Failed: ${totals.failed}`,
    `Skipped: ${totals.skipped}`,
    ...(expected === 0 ? ['', 'No account of the organization was expected to have a report.'] : []),
    '',
    `Every account, with its outcome: ${manifestUrl}`,
    '',
  ];
  const failures = accounts.flatMap((account) => failureLine(account));
  return { subject: subject.slice(0, MAX_SUBJECT), message: cut(head, failures, manifestUrl).join('\n') };
}

function failureLine(account: Covered): string[] {
  if (account.outcome !== 'failed') return [];
  return [`${account.id} ${account.name}: ${account.reason}: ${account.detail}`];
}

/** Keeps whole lines only, and says how many are missing. */
function cut(head: string[], lines: string[], elsewhere: string): string[] {
  const closing = (missing: number) => `and ${missing} more, see ${elsewhere}`;
  const bytes = (text: string) => Buffer.byteLength(text) + 1;
  let room = MAX_MESSAGE_BYTES - head.reduce((sum, line) => sum + bytes(line), bytes(closing(lines.length)));
  const kept = lines.findIndex((line) => (room -= bytes(line)) < 0);
  return kept < 0 ? [...head, ...lines] : [...head, ...lines.slice(0, kept), closing(lines.length - kept)];
}
