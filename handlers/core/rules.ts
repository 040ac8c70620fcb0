/** The rules of a run: what its checks required, so that a changed rule is not mistaken for a changed credential. */
import type { CheckThreshold, MachineThresholds, Thresholds } from '../checks/check';

/** Days by the name of the threshold; empty if the check has none. */
export type Rule = Readonly<Record<string, number>>;

/** Before the name of a threshold that is for users without a console password. */
export const MACHINES = 'machines.';

/** The rule of every check that is on, by its ID. */
export type Rules = Readonly<Record<string, Rule>>;

/** The rule of a check; undefined if the run did not have the check. */
export const ruleOf = (rules: Rules, check: string): Rule | undefined =>
  Object.hasOwn(rules, check) ? rules[check] : undefined;

/** What a check requires with these thresholds. */
export function ruleWith(
  threshold: CheckThreshold | undefined,
  thresholds: Thresholds,
  machines: MachineThresholds,
): Rule {
  if (!threshold) return {};
  const { name } = threshold;
  const ofMachines = (machines as Partial<Thresholds>)[name];
  return {
    [name]: thresholds[name],
    ...(ofMachines !== undefined && { [`${MACHINES}${name}`]: ofMachines }),
  };
}

export const isSameRule = (one: Rule | undefined, other: Rule | undefined): boolean =>
  textOf(one) === textOf(other);

const textOf = (rule: Rule | undefined) =>
  rule && JSON.stringify(Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Whether two runs had the same checks and thresholds. */
export const areSameRules = (one: Rules, other: Rules): boolean =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].every((check) =>
    isSameRule(ruleOf(one, check), ruleOf(other, check)),
  );

/** Whether a check accepts what the benchmarks that name it do not accept. */
export const isLooserThanBenchmark = ({ benchmark }: CheckThreshold, rule: Rule): boolean =>
  benchmark !== undefined && Object.values(rule).some((days) => days > benchmark);
