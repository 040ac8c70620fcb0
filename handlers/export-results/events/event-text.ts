/** Events in sentences, for tickets and messages. Names in them are no links; the page is. */
import { type Severity, severities } from '../../checks/check';
import { messageLine } from '../../shared/message-line';
import { pluralize } from '../../shared/pluralize';
import type { AccountFindingsChanged, RunSummarized } from './event-details';

type Counts = Readonly<Record<Severity, number>>;

export function runText(event: Omit<RunSummarized, 'text'>): string {
  const { environment, run, since, accounts, findings, page } = event;
  const { expected, collected, failed } = accounts;
  const changes =
    since === null ? '' : ` Since ${since.date}: ${findings.new} new, ${findings.resolved} resolved.`;
  return (
    `${environment}, ${run.date}: ${collected} of ${pluralize(expected, 'account')} collected, ${failed} failed. ` +
    `${countOf(findings.total, findings.bySeverity)}.${changes}\n${pageLine(page)}`
  );
}

export function accountText(event: Omit<AccountFindingsChanged, 'text'>): string {
  const { environment, run, account, newBySeverity, resolvedBySeverity, findings } = event;
  const name = account.name === '' ? '' : ` ${account.name}`;
  const owner = account.owner === null ? '' : `, owner ${account.owner}`;
  const more = event.new + event.resolved - findings.length;
  return [
    messageLine(`${environment}, ${run.date}: ${account.id}${name}${owner}`),
    `New: ${countOf(event.new, newBySeverity)}`,
    `Resolved: ${countOf(event.resolved, resolvedBySeverity)}`,
    '',
    ...findings.map(({ change, severity, check, user, credential }) =>
      messageLine(`${change}, ${severity}: ${check}: ${user}${credential === '' ? '' : `, ${credential}`}`),
    ),
    ...(more > 0 ? [`and ${more} more`] : []),
    '',
    pageLine(event.page),
  ].join('\n');
}

const pageLine = ({ url, console = url }: RunSummarized['page']) => `Page: ${console}`;

function countOf(total: number, counts: Counts): string {
  const parts = severities.filter((severity) => counts[severity] > 0);
  const shown = parts.map((severity) => `${counts[severity]} ${severity}`).join(', ');
  return `${pluralize(total, 'finding')}${shown === '' ? '' : ` (${shown})`}`;
}
