/** A plan as a comment of a pull request, in Markdown. */
import { printableLine } from '../../local/printable';
import { type Action, type PlannedChange, actions, changedOutputs, plannedChanges } from './changes';
import type { PlanJson } from './plan-json';

/** Longest comment that GitHub accepts, in characters. */
export const LONGEST_COMMENT = 65_536;

/** Characters reserved for what follows the tables. */
const RESERVE = 1_000;

/** An invisible line by which the comment of an environment is found and updated. */
export const markerOf = (environment: string) => `<!-- terraform plan of ${environment} -->`;

const labels: Record<Action, { readonly heading: string; readonly total: string }> = {
  replace: { heading: 'Replaced (destroyed and created again)', total: 'to replace' },
  destroy: { heading: 'Destroyed', total: 'to destroy' },
  forget: { heading: 'Removed from the state, not destroyed', total: 'to remove from the state' },
  update: { heading: 'Changed', total: 'to change' },
  create: { heading: 'Created', total: 'to create' },
  import: { heading: 'Imported', total: 'to import' },
  move: { heading: 'Moved', total: 'to move' },
  defer: { heading: 'Left to a later plan', total: 'left to a later plan' },
};

export interface CommentProps {
  readonly environment: string;
  readonly plan: PlanJson;
  /**
   * Last line, such as the commit and a link to the run.
   * @default - none
   */
  readonly footer?: string | undefined;
}

export function planComment({ environment, plan, footer = '' }: CommentProps): string {
  const changes = plannedChanges(plan);
  const outputs = changedOutputs(plan);
  const lines = [
    markerOf(environment),
    `## Plan of \`${environment}\`: ${totals(plan, changes)}`,
    ...warnings(plan, changes),
    ...actions.flatMap((action) => section(changes.filter((change) => change.action === action))),
    ...(outputs.length > 0 ? ['', `Outputs that change: ${outputs.map(code).join(', ')}`] : []),
  ];
  return [
    ...truncate(lines, LONGEST_COMMENT - RESERVE - footer.length),
    ...(footer ? ['', footer] : []),
    '',
  ].join('\n');
}

/** Replaces the plan of an earlier commit when there is no plan of this one. */
export function failureComment(environment: string, footer = ''): string {
  return `${markerOf(environment)}\n## Plan of \`${environment}\`: failed\n\nTerraform could not plan this commit.\n\n${footer}\n`;
}

function totals(plan: PlanJson, changes: readonly PlannedChange[]): string {
  const counts = actions.flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${labels[action].total}`];
  });
  if (whyIncomplete(plan) !== undefined) return ['incomplete', ...counts].join(', ');
  return counts.length === 0 ? 'no changes to resources' : counts.join(', ');
}

/** Why the plan may lack changes. It does not say that it was made with `-target`, only that it is not complete. */
function whyIncomplete({ errored, complete, deferred_changes = [] }: PlanJson): string | undefined {
  if (errored) return 'Terraform stopped with an error: this plan is incomplete.';
  if (deferred_changes.length > 0)
    return `This plan is incomplete: resources left to a later plan: ${deferred_changes.length}. See the last table.`;
  return complete === false
    ? 'This plan is incomplete, as with `-target`: other resources may change too.'
    : undefined;
}

function warnings(plan: PlanJson, changes: readonly PlannedChange[]): string[] {
  const lost = changes.filter(({ action }) => action === 'replace' || action === 'destroy').length;
  const caution = (text: string) => ['', '> [!CAUTION]', `> **${text}**`];
  const incomplete = whyIncomplete(plan);
  return [
    ...(incomplete === undefined ? [] : caution(incomplete)),
    ...(lost > 0 ? caution(`Existing resources are destroyed: ${lost}. See the first tables.`) : []),
  ];
}

/** The table of one action. */
function section(changes: readonly PlannedChange[]): string[] {
  const [first] = changes;
  if (first === undefined) return [];
  const details = changes.map(detailsOf);
  const hasDetails = details.some((text) => text !== '');
  const row = (...cells: string[]) => `| ${(hasDetails ? cells : cells.slice(0, 1)).join(' | ')} |`;
  return [
    '',
    `### ${labels[first.action].heading}`,
    '',
    row('resource', 'details'),
    row('---', '---'),
    ...changes.map(({ address }, index) => row(code(address), details[index] ?? '')),
  ];
}

function detailsOf({ action, attributes, previousAddress, reason }: PlannedChange): string {
  const names = attributes.map(code).join(', ');
  return [
    ...(previousAddress === undefined ? [] : [`was ${code(previousAddress)}`]),
    ...(names === '' ? [] : [action === 'replace' ? `forced by ${names}` : names]),
    ...(names === '' && reason ? [reason] : []),
  ].join(', ');
}

/** Keys of `for_each` may contain any character; none may end the code, the cell, or the row, or change the direction of text. */
function code(text: string): string {
  const line = printableLine(text.replaceAll(/\s+/g, ' '));
  return `\`${line.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

/** As many whole lines as fit, and how many rows are missing. */
function truncate(lines: readonly string[], most: number): string[] {
  let length = 0;
  const kept = lines.filter((line) => (length += line.length + 1) <= most);
  if (kept.length === lines.length) return kept;
  const rows = (of: readonly string[]) => of.filter((line) => line.startsWith('| `')).length;
  const missing = rows(lines) - rows(kept);
  return [
    ...kept,
    '',
    `**${missing} more resources do not fit in a comment**; see the plan of a workstation.`,
  ];
}
