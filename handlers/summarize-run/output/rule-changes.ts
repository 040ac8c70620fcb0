import type { Changes, RuleChange } from '../../core/manifest';
import { MACHINES } from '../../core/rules';
import { pluralize } from '../../shared/pluralize';

/** What changed rules did, in words: one sentence for each kind of change, which says what it was, and what followed. */
export function ruleChangeSentences({ ruleChanges }: Pick<Changes, 'ruleChanges'>): string[] {
  const groups = Map.groupBy(ruleChanges, ({ change, since }) => `${subjects[change]} since ${times[since]}`);
  return [...groups].map(
    ([about, group]) => `${about}: ${group.map(ruleChange).join(', ')}. ${effect(group)}`,
  );
}

const subjects = { changed: 'Thresholds changed', added: 'Checks added', removed: 'Checks removed' };
const times = {
  'earlier-run': 'the earlier run',
  'last-report': 'the last report of accounts that had none in the earlier run',
};

function ruleChange({ check, change, before, after }: RuleChange): string {
  if (change !== 'changed') return check;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const differences = names
    .filter((name) => before?.[name] !== after?.[name])
    .map((name) => {
      const days = after?.[name];
      const whom = name.startsWith(MACHINES) ? 'for machines ' : '';
      return `${whom}${before?.[name] ?? 'none'} → ${days === undefined ? 'none' : `${days} days`}`;
    });
  return `${check} ${differences.join(', ')}`;
}

function effect(group: readonly RuleChange[]): string {
  const sum = (direction: 'appeared' | 'disappeared') =>
    group.reduce((total, change) => total + change[direction], 0);
  const [appeared, disappeared] = [sum('appeared'), sum('disappeared')];
  const effects = [
    ...(appeared > 0 ? [`${pluralize(appeared, 'finding')} appeared`] : []),
    ...(disappeared > 0 ? [`${pluralize(disappeared, 'finding')} disappeared`] : []),
  ];
  return effects.length > 0
    ? `${effects.join(' and ')} by that.`
    : 'No finding appeared or disappeared by that.';
}
