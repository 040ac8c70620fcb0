/** `--fail-on`: whether a run found something that a script has to stop for. */
import { type Severity, severities } from '../handlers/checks/check';
import type { Manifest } from '../handlers/core/manifest';

export interface FailOn {
  readonly severity: Severity;
  /** Findings of this severity or a higher one that are not exempt; those that cannot be decided count too. */
  readonly findings: number;
}

export function failOn(severity: Severity, { totals }: Manifest): FailOn {
  const asked = severities.slice(0, severities.indexOf(severity) + 1);
  const counts = asked.map((one) => totals.findingsBySeverity[one]);
  return { severity, findings: counts.reduce((sum, count) => sum + count, 0) };
}

/** What it means, for people; accounts without a report are never passed over. */
export function failOnText({ severity, findings }: FailOn, { totals: { failed } }: Manifest): string {
  const found = findings === 0 ? 'no findings' : `${findings} finding${findings === 1 ? '' : 's'}`;
  const unknown = failed > 0 ? `; not counting ${failed} failed account${failed === 1 ? '' : 's'}` : '';
  return `--fail-on ${severity}: ${found} of severity ${severity}${severity === severities[0] ? '' : ' or higher'}${unknown}`;
}
