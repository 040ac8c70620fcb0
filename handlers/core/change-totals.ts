import type { AccountChanges } from './changes';
import type { Changes } from './manifest';
import { RuleChanges } from './rule-changes';
import type { Rules } from './rules';

/** What {@link ChangeTotals} adds up. */
export type ChangeCounts = Omit<Changes, 'since' | 'accountsAdded' | 'accountsRemoved'>;

type Counts = Omit<ChangeCounts, 'ruleChanges'>;

/** Adds up what changed over all accounts. */
export class ChangeTotals {
  readonly counts: Counts = {
    findingsBefore: 0,
    newFindings: 0,
    appearedFindings: 0,
    resolvedFindings: 0,
    disappearedFindings: 0,
    exemptedFindings: 0,
    findingsOfRemovedAccounts: 0,
    findingsNow: 0,
    resolvedExemptFindings: 0,
    usersAdded: 0,
    usersRemoved: 0,
    usersOfRemovedAccounts: 0,
  };
  private readonly ruleChanges: RuleChanges;

  /**
   * @param rulesBefore - the rules of the earlier run
   * @param rulesAfter - the rules of this run
   */
  constructor(rulesBefore: Rules, rulesAfter: Rules) {
    this.ruleChanges = new RuleChanges(rulesBefore, rulesAfter);
  }

  /**
   * @param rulesBefore - the rules that the account was judged by before
   */
  add(changes: AccountChanges, rulesBefore: Rules): void {
    for (const name of Object.keys(changes) as (keyof AccountChanges)[])
      this.counts[name] += changes[name].length;
    for (const { check } of changes.appearedFindings) this.ruleChanges.count('appeared', check, rulesBefore);
    for (const { check } of changes.disappearedFindings)
      this.ruleChanges.count('disappeared', check, rulesBefore);
  }

  get all(): ChangeCounts {
    return { ...this.counts, ruleChanges: this.ruleChanges.all };
  }
}

/**
 * Findings before and now are counted from the snapshots, and the others by comparing accounts, so a mistake in one shows.
 * @returns what does not add up; undefined if everything does
 */
export function imbalanceOf(counts: Counts): string | undefined {
  const came = counts.newFindings + counts.appearedFindings;
  const went =
    counts.resolvedFindings +
    counts.disappearedFindings +
    counts.exemptedFindings +
    counts.findingsOfRemovedAccounts;
  const expected = counts.findingsBefore + came - went;
  if (expected === counts.findingsNow) return undefined;
  return (
    `The changes do not add up: ${counts.findingsBefore} findings before, plus ${came} that came, minus ${went} that ` +
    `went, are ${expected}, but there are ${counts.findingsNow} now.`
  );
}
