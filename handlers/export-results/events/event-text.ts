/** Events in sentences, for tickets and messages. */
import { type Severity, severities } from '../../checks/check';
import type { AccountFindingsChanged, RunSummarized } from './event-details';

type Counts = Readonly<Record<Severity, number>>;

export function runText({ environment, run, accounts, findings }: Omit<RunSummarized, 'text'>): string {
  const { expected, collected, failed } = accounts;
  const changes =
    findings.new === null ? '' : ` ${findings.new} are new, ${findings.resolved} were resolved.`;
  return (
    `${environment}, ${run.date}: ${collected} of ${expected} accounts collected, ${failed} failed. ` +
    `${countOf(findings.total, findings.bySeverity)}.${changes}`
  );
}

export function accountText(event: Omit<AccountFindingsChanged, 'text'>): string {
  const { environment, run, account, newBySeverity, resolvedBySeverity, findings } = event;
  const owner = account.owner === null ? '' : `, owner ${account.owner}`;
  const more = event.new + event.resolved - findings.length;
  return [
    `${environment}, ${run.date}: account ${account.id} ${account.name}${owner}`,
    `New: ${countOf(event.new, newBySeverity)}`,
    `Resolved: ${countOf(event.resolved, resolvedBySeverity)}`,
    '',
    ...findings.map(
      ({ change, severity, check, user, credential }) =>
        `${change}, ${severity}: ${check}: ${user}${credential === '' ? '' : `, ${credential}`}`,
    ),
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('\n');
}

function countOf(total: number, counts: Counts): string {
  const parts = severities.filter((severity) => counts[severity] > 0);
  const shown = parts.map((severity) => `${counts[severity]} ${severity}`).join(', ');
  return `${total} finding${total === 1 ? '' : 's'}${shown === '' ? '' : ` (${shown})`}`;
}
