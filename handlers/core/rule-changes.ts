import type { RuleChange } from './manifest';
import { type Rule, type Rules, isSameRule, ruleOf } from './rules';

type Difference = Pick<RuleChange, 'check' | 'change' | 'before' | 'after'>;

/** The checks whose thresholds differ, or that only one of two runs has, by ID. */
export function ruleDifferences(before: Rules, after: Rules): Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .flatMap((check) => difference(check, ruleOf(before, check), ruleOf(after, check)) ?? []);
}

function difference(
  check: string,
  before: Rule | undefined,
  after: Rule | undefined,
): Difference | undefined {
  if (isSameRule(before, after)) return undefined;
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return { check, change, before: before ?? null, after: after ?? null };
}

/** The rules that changed, with the findings that appeared and disappeared by that. */
export class RuleChanges {
  private readonly byDifference = new Map<string, RuleChange>();

  /**
   * @param before - the rules of the earlier run: what differs is told, even if it made no difference
   * @param after - the rules of this run
   */
  constructor(
    before: Rules,
    private readonly after: Rules,
  ) {
    for (const difference of ruleDifferences(before, after)) this.add(difference, 'earlier-run');
  }

  /**
   * @param rules - the rules that the account was judged by before; older ones if it had no report in the earlier run
   */
  count(direction: 'appeared' | 'disappeared', check: string, rules: Rules): void {
    const found = difference(check, ruleOf(rules, check), ruleOf(this.after, check));
    if (found) this.add(found, 'last-report')[direction]++;
  }

  get all(): RuleChange[] {
    return [...this.byDifference.values()];
  }

  private add(difference: Difference, since: RuleChange['since']): RuleChange {
    const key = JSON.stringify(difference);
    const known = this.byDifference.get(key) ?? { ...difference, since, appeared: 0, disappeared: 0 };
    this.byDifference.set(key, known);
    return known;
  }
}
