/** Which checks a run has, how bad their findings are, and which frameworks they answer. */
import { checks } from '../checks';
import type { Check, CheckContext, Severity } from '../checks/check';
import { severities } from '../checks/check';
import { frameworks } from '../frameworks';
import type { Framework } from '../frameworks/framework';
import type { RuleSettings } from '../shared/events';
import { type Rule, type Rules, isLooserThanBenchmark, ruleWith } from './rules';

/** A check that is on, as an environment wants it. */
export interface ActiveCheck {
  readonly check: Check;
  readonly severity: Severity;
  readonly rule: Rule;
  /** It accepts more than the benchmarks that name it, so that its result says nothing about them. */
  readonly isLooser: boolean;
  /** Controls of the chosen frameworks that it assesses, such as `CIS v7.0 2.5`. */
  readonly controls: readonly string[];
}

export interface RuleSet {
  /** The checks that are on, in the order in which they are shown: the worst severity first. */
  readonly checks: readonly ActiveCheck[];
  /** The chosen frameworks. */
  readonly frameworks: readonly Framework[];
  readonly rules: Rules;
  readonly context: CheckContext;
}

/**
 * @param partition - `aws`, `aws-cn` or `aws-us-gov`
 * @param collected - what is collected besides reports
 */
export function ruleSetOf(
  settings: RuleSettings,
  partition: string,
  collected: { readonly serviceCredentials: boolean } = { serviceCredentials: false },
): RuleSet {
  const { machines, on, off, frameworks: chosen, severities: overrides, ...thresholds } = settings;
  const shown = chosen.flatMap((id) => frameworks.find((framework) => framework.id === id) ?? []);
  const wanted = new Set([
    ...checks.flatMap(({ id, always }) => (always ? [id] : [])),
    ...shown.flatMap(({ controls }) => controls.flatMap((control) => control.checks)),
    ...on,
  ]);
  const active = checks
    .filter(({ id, needs }) => wanted.has(id) && !off.includes(id) && (!needs || collected[needs]))
    .map((check): ActiveCheck => {
      const rule = ruleWith(check.threshold, thresholds, machines);
      const isLooser = check.threshold !== undefined && isLooserThanBenchmark(check.threshold, rule);
      return {
        check,
        severity: overrides[check.id] ?? check.severity,
        rule,
        isLooser,
        controls: isLooser ? [] : controlsOf(check, shown),
      };
    })
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return {
    checks: active,
    frameworks: shown,
    rules: Object.fromEntries(active.map(({ check, rule }) => [check.id, rule])),
    context: { thresholds, machines, partition },
  };
}

const controlsOf = ({ id }: Check, shown: readonly Framework[]) =>
  shown.flatMap(({ label, controls }) =>
    controls.flatMap((control) => (control.checks.includes(id) ? [`${label} ${control.id}`] : [])),
  );
