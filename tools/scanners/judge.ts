import type { Finding } from './checkov';
import type { Rule } from './rule';

/**
 * What is wrong with a list of rules, or with the stacks: one line each.
 * @param hardened - name of the stack with every option that a rule asks for
 */
export function judge(findings: readonly Finding[], rules: readonly Rule[], hardened: string): string[] {
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  const unlisted = [...byRule.keys()].filter((id) => !rules.some((rule) => rule.id === id));
  return [
    ...unlisted.map((id) => `${id} is not listed`),
    ...rules.flatMap((rule) => judgeRule(rule, byRule.get(rule.id) ?? [], hardened)),
  ];
}

function judgeRule({ id, outcome }: Rule, findings: readonly Finding[], hardened: string): string[] {
  if (findings.length === 0) return [`${id} judges nothing: take it out`];
  const failed = findings.filter(({ passed }) => !passed);
  const told = ({ stack, resource }: Finding) => `${id} fails in ${stack}: ${resource}`;
  if (outcome === 'passed') return failed.map(told);
  if (failed.length === 0) return [`${id} no longer fails: it is passed`];
  if ('option' in outcome) return failed.filter(({ stack }) => stack === hardened).map(told);
  const { by = /(?:)/ } = outcome;
  return failed.filter(({ resource }) => !by.test(resource)).map(told);
}
