import { checkovRules } from './checkov-rules';
import type { Outcome, Rule } from './rule';

const HEAD = `# What checkov does here unless its command line says otherwise. The list of rules is written by \`npm run generate\`, from
# tools/scanners/checkov-rules.ts; docs/scanners.md has every rule.
compact: true
quiet: true
# What is deployed, plans, and the workflows. Other files of this project have nothing that checkov knows.
framework:
  - terraform_json
  - terraform_plan
  - github_actions
skip-path:
  # Not deployed: copies for reviewers, the plan of a test, and what local runs leave behind.
  - ^golden/
  - ^tools/
  - ^local-run/
skip-check:`;

/** Text of `.checkov.yaml`: without it, rules that are refused fail in everybody's first pull request. */
export function checkovConfig(): string {
  const [refused, met] = [rulesWith('refused'), rulesWith('option')];
  const lines = [
    HEAD,
    '  # Refused; docs/scanners.md says why.',
    ...refused.map(({ id, asks }) => `  - ${id} # ${asks}`),
    '  # Met by an option: take the line out when the option is set.',
    ...met.map(({ id, asks, outcome }) => `  - ${id} # ${asks}: ${outcome.option}`),
  ];
  return `${lines.join('\n')}\n`;
}

function rulesWith<Key extends 'refused' | 'option'>(key: Key) {
  type Kind = Extract<Outcome, Record<Key, string>>;
  return checkovRules.filter(
    (rule): rule is Rule & { outcome: Kind } => typeof rule.outcome === 'object' && key in rule.outcome,
  );
}
