/** The events of a run, made of its manifest and of what changed. Pure. */
import { type Severity, severities } from '../../checks/check';
import type { Manifest } from '../../core/manifest';
import { sha256Of } from '../../shared/hash';
import { accountText, runText } from './event-text';
import type { EventType } from '../../shared/event-names';
import type { ExportedRun } from '../exported-run';
import type { AccountChange, ChangedFinding } from './account-changes';
import {
  type AccountFindingsChanged,
  LISTED_FINDINGS,
  type ResultEvent,
  type RunSummarized,
  type noAccountEventReasons,
} from './event-details';

/** Why a run has no events about accounts; undefined if it has some, or may have. */
export function reasonForNoAccountEvents({
  changes,
}: Pick<Manifest, 'changes'>): (typeof noAccountEventReasons)[number] | undefined {
  if (!changes) return 'nothing-to-compare-with';
  return changes.ruleChanges.length > 0 ? 'rules-changed' : undefined;
}

/**
 * @param changed - the accounts with new or resolved findings; none if {@link reasonForNoAccountEvents} says why
 * @param ocsf - the findings in the format of OCSF, if they are written
 */
export function resultEvents(
  run: ExportedRun,
  changed: readonly AccountChange[],
  ocsf: RunSummarized['ocsf'],
): ResultEvent[] {
  const accounts = changed.map((account, index): ResultEvent => {
    const detail = accountFindingsChanged(run, account, { number: index + 1, of: changed.length });
    return { type: 'AccountFindingsChanged', detail };
  });
  return [{ type: 'RunSummarized', detail: runSummarized(run, changed.length, ocsf) }, ...accounts];
}

function runSummarized(run: ExportedRun, of: number, ocsf: RunSummarized['ocsf']): RunSummarized {
  const { manifest, page } = run;
  const { complete, totals, failures, changes, frameworks } = manifest;
  const { expected, collected, failed, skipped, findings, findingsBySeverity } = totals;
  const reason = reasonForNoAccountEvents(manifest);
  const detail = {
    ...ofEvery(run, 'RunSummarized', manifest.execution),
    complete,
    accounts: { expected, collected, failed, skipped },
    failures,
    findings: {
      total: findings,
      bySeverity: findingsBySeverity,
      new: changes?.newFindings ?? null,
      resolved: changes?.resolvedFindings ?? null,
    },
    frameworks: frameworks.map(({ label, met, assessed }) => ({ name: label, met, assessed })),
    accountEvents: { of, ...(reason && { reason }) },
    page,
    ...(ocsf && { ocsf }),
  };
  return { ...detail, text: runText(detail) };
}

function accountFindingsChanged(
  run: ExportedRun,
  { id, name, owner, findings }: AccountChange,
  place: { number: number; of: number },
): AccountFindingsChanged {
  const fresh = findings.filter(({ change }) => change === 'new');
  const resolved = findings.filter(({ change }) => change === 'resolved');
  // The worst comes first.
  const [worst] = findings;
  if (!worst) throw new TypeError(`nothing changed in account ${id}`);
  const detail = {
    // A second run of the day that finds the same tells nothing new.
    ...ofEvery(run, 'AccountFindingsChanged', id, sha256Of(JSON.stringify(findings)).slice(0, 16)),
    ...place,
    account: { id, name, owner },
    severity: worst.severity,
    new: fresh.length,
    newBySeverity: bySeverity(fresh),
    resolved: resolved.length,
    resolvedBySeverity: bySeverity(resolved),
    findings: findings.slice(0, LISTED_FINDINGS),
    page: run.page,
  };
  return { ...detail, text: accountText(detail) };
}

function bySeverity(findings: readonly ChangedFinding[]): Record<Severity, number> {
  const counts = severities.map((severity) => [
    severity,
    findings.filter((finding) => finding.severity === severity).length,
  ]);
  return Object.fromEntries(counts) as Record<Severity, number>;
}

/** @param about - what tells the event from the others of its type, environment and day */
function ofEvery({ manifest, recorded }: ExportedRun, type: EventType, ...about: string[]) {
  const { environment, organizationId, date, execution, startedAt, changes } = manifest;
  return {
    version: 1 as const,
    id: [type, environment, date, ...about].join('/'),
    environment,
    organizationId,
    run: { date, execution, startedAt },
    since: changes?.since ?? null,
    manifest: recorded,
  };
}
