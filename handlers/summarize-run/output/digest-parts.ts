/** What stands before and after the lists of a digest. */
import { severities } from '../../checks/check';
import type { ChangesOfWeek } from '../../core/changes-of-week';
import type { Changes, RunContent } from '../../core/manifest';
import { countsOfExemptions } from './exemption-text';
import { messageLine } from '../../shared/message-line';
import { pluralize } from '../../shared/pluralize';
import { ruleChangeSentences } from './rule-changes';

/** The first sentence of every message about a run. */
export const verdictOf = ({ complete }: Pick<RunContent, 'complete'>): string =>
  complete ? 'The run is complete.' : 'THE RUN IS NOT COMPLETE. Findings exclude failed accounts.';

/** Coverage, findings by severity, and what changed. */
export function headOf(manifest: RunContent, week?: ChangesOfWeek): string[] {
  const { environment, date, execution, totals, changes, notes } = manifest;
  return [
    verdictOf(manifest),
    '',
    messageLine(`Environment: ${environment}`),
    `Date: ${date}`,
    messageLine(`Execution: ${execution}`),
    '',
    `Accounts: ${totals.accounts}`,
    `Collected: ${totals.collected}`,
    `Failed: ${totals.failed}`,
    `Skipped: ${totals.skipped}`,
    ...ownerLines(manifest),
    ...(totals.expected === 0
      ? ['', 'No report was expected from any account: check `accounts` in the environment file.']
      : []),
    '',
    `Findings: ${totals.findings}`,
    ...severities.map((severity) => `  ${severity}: ${totals.findingsBySeverity[severity]}`),
    '',
    ...(week ? [...weekLines(week), ''] : []),
    ...(changes ? changeLines(changes) : ['There is no earlier day to compare with.']),
    ...(notes.length > 0 ? ['', 'Notes:', ...notes.map(messageLine)] : []),
  ];
}

/** Numbers that somebody may look up: by check and by framework. */
export function detailsOf({ totals, checks, frameworks, exemptions }: RunContent): string[] {
  return [
    '',
    `Users: ${totals.users}`,
    `Accounts whose root user has no credentials: ${totals.withoutRootCredentials}`,
    ...(exemptions.length > 0 ? [`Exemptions: ${countsOfExemptions(exemptions)}`] : []),
    ...(checks.length > 0 ? ['Findings by check:'] : []),
    ...checks.map(
      ({ id, severity, findings, exempt }) =>
        `  ${severity}: ${id}: ${findings}${exempt > 0 ? `, plus ${exempt} exempt` : ''}`,
    ),
    ...frameworks.map(
      ({ label, met, assessed }) => `${label}: ${met} of ${pluralize(assessed, 'assessed control')} met`,
    ),
  ];
}

/** What is not known is in the notes. */
const ownerLines = ({ owners }: RunContent) => (owners ? [`Accounts without an owner: ${owners.none}`] : []);

function weekLines({ since, days, unknownDays, newFindings, resolvedFindings }: ChangesOfWeek): string[] {
  const unknown = unknownDays === 0 ? '' : `, ${unknownDays} of which could not be compared`;
  return [
    messageLine(`Since the weekly digest of ${since}, over the runs of ${pluralize(days, 'day')}${unknown}:`),
    `  findings: ${newFindings} new, ${resolvedFindings} resolved (one that came and went counts in both)`,
  ];
}

function changeLines(changes: Changes): string[] {
  const { since, newFindings, resolvedFindings, exemptedFindings, findingsOfRemovedAccounts } = changes;
  const { usersAdded, usersRemoved, usersOfRemovedAccounts, accountsAdded, accountsRemoved } = changes;
  const findings = [
    `${newFindings} new`,
    `${resolvedFindings} resolved`,
    ...(exemptedFindings > 0 ? [`${exemptedFindings} now exempt`] : []),
    ...(findingsOfRemovedAccounts > 0 ? [`${findingsOfRemovedAccounts} of accounts that left`] : []),
  ];
  const users = [
    `${usersAdded} added`,
    `${usersRemoved} removed`,
    ...(usersOfRemovedAccounts > 0 ? [`${usersOfRemovedAccounts} of accounts that left`] : []),
  ];
  return [
    messageLine(`Since the run of ${since.startedAt}:`),
    `  findings: ${findings.join(', ')}`,
    `  users: ${users.join(', ')}`,
    `  accounts: ${accountsAdded.length} added, ${accountsRemoved.length} removed`,
    ...ruleChangeSentences(changes).map(messageLine),
  ];
}
