/** The rules of a run: what its checks required, so that a changed rule is not mistaken for a changed credential. */
import { checks } from '.';
import type { Check, CisNumbers, Thresholds } from './check';

/** The ID of every check with the value of its threshold; null if it has none. */
export type Rules = Readonly<Record<string, number | null>>;

export const rulesOf = (thresholds: Thresholds): Rules =>
  Object.fromEntries(
    checks.map(({ id, threshold }) => [id, threshold ? thresholds[threshold.name] : null] as const),
  );

/** Whether the check accepts what the benchmark does not accept. */
export function isLooserThanBenchmark(
  { threshold }: Pick<Check, 'threshold'>,
  thresholds: Thresholds,
): boolean {
  return threshold?.benchmark !== undefined && thresholds[threshold.name] > threshold.benchmark;
}

/** The numbers of the benchmark; null if the check does not require at least what the benchmark requires. */
export const cisOf = (check: Pick<Check, 'cis' | 'threshold'>, thresholds: Thresholds): CisNumbers | null =>
  isLooserThanBenchmark(check, thresholds) ? null : check.cis;

/** The threshold of a check; null if it has none, and undefined if the run did not have the check. */
export const ruleOf = (rules: Rules, check: string): number | null | undefined =>
  Object.hasOwn(rules, check) ? rules[check] : undefined;
