import type { Exemption } from '../shared/events';
import { matchesPattern } from './matches-pattern';

/** An exemption with its effect on this run. */
export interface AppliedExemption extends Exemption {
  /** Its last day has passed, so the findings that it covered fail again. */
  expired: boolean;
  /** Findings that it covers in this run. */
  findings: number;
}

/** The exemptions of an environment on the date of the run. */
export class Exemptions {
  readonly all: readonly AppliedExemption[];
  private readonly byScope = new Map<string, AppliedExemption[]>();

  constructor(exemptions: readonly Exemption[], date: string) {
    this.all = exemptions.map((exemption) => ({
      ...exemption,
      // It still applies on the last day. Dates in this format sort chronologically.
      expired: exemption.expires < date,
      findings: 0,
    }));
    for (const exemption of this.all.filter(({ expired }) => !expired)) {
      const scope = scopeOf(exemption.check, exemption.account);
      this.byScope.set(scope, [...(this.byScope.get(scope) ?? []), exemption]);
    }
  }

  /** Finds the exemption that covers a finding, and counts the finding; undefined if none does. */
  apply(check: string, account: string, user: string): Exemption | undefined {
    const found = [scopeOf(check, account), scopeOf(check, '*')]
      .flatMap((scope) => this.byScope.get(scope) ?? [])
      .find((exemption) => matchesPattern(exemption.user, user));
    if (found) found.findings++;
    return found;
  }
}

const scopeOf = (check: string, account: string) => `${check} ${account}`;
