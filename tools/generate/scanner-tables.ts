/** The tables about scanners, from the lists that tests compare with what is synthesized and with checkov. */
import { cdkNagRules } from '../scanners/cdk-nag-rules';
import { checkovRules } from '../scanners/checkov-rules';
import type { Outcome, UntriedRule } from '../scanners/rule';
import { securityHubControls } from '../scanners/security-hub-controls';
import { codes, table } from './markdown';

export const checkovTable = () => tableOf(checkovRules);
export const securityHubTable = () => tableOf(securityHubControls);
export const cdkNagTable = () => tableOf(cdkNagRules);

const tableOf = (rules: readonly UntriedRule[]) =>
  table(
    ['rule', 'asks that', 'outcome'],
    rules.map(({ id, asks, outcome }) => [codes([id]), asks, outcomeText(outcome)]),
  );

function outcomeText(outcome: UntriedRule['outcome']): string {
  if (typeof outcome === 'object' && 'like' in outcome) {
    const { like } = outcome;
    const other = checkovRules.find(({ id }) => id === like);
    if (!other) throw new Error(`checkov has no rule ${like}`);
    return `${shortText(other.outcome)} (\`${like}\`)`;
  }
  return typeof outcome === 'object' && 'refused' in outcome
    ? `refused: ${outcome.refused}`
    : shortText(outcome);
}

function shortText(outcome: Outcome): string {
  if (outcome === 'passed') return outcome;
  return 'option' in outcome ? `met by \`${outcome.option}\`` : 'refused';
}
