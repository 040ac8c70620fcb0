/** A plan as the comment of a pull request. */
import {
  type Action,
  type PlanJson,
  type PlannedChange,
  actions,
  changedOutputs,
  driftedResources,
  plannedChanges,
} from './plan';

/** Longest body of a comment that GitHub takes. */
export const LONGEST_COMMENT = 65_536;

/** Kept for what is said after the rows. */
const RESERVE = 1_000;

/** A line that nobody sees, by which the comment is found and updated. */
export const markerOf = (environment: string) => `<!-- terraform plan of ${environment} -->`;

const headings: Record<Action, string> = {
  replace: 'Replaced: destroyed and made anew',
  destroy: 'Destroyed',
  forget: 'No longer managed, left as it is',
  update: 'Changed',
  create: 'Created',
  import: 'Imported',
  move: 'Moved',
};

const verbs: Record<Action, string> = {
  replace: 'to replace',
  destroy: 'to destroy',
  forget: 'to forget',
  update: 'to change',
  create: 'to create',
  import: 'to import',
  move: 'to move',
};

export interface CommentProps {
  readonly environment: string;
  readonly plan: PlanJson;
  /**
   * Commit that was planned, and the run that planned it.
   * @default - not said
   */
  readonly footer?: string | undefined;
}

export function planComment({ environment, plan, footer }: CommentProps): string {
  const changes = plannedChanges(plan);
  const beginning = [
    markerOf(environment),
    `## Plan of \`${environment}\`: ${total(plan, changes)}`,
    ...warning(plan, changes),
  ];
  const lines = [...beginning, ...sections(changes), ...outputs(plan), ...drift(plan)];
  return [
    ...cut(lines, LONGEST_COMMENT - RESERVE - (footer?.length ?? 0)),
    ...(footer ? ['', footer] : []),
    '',
  ].join('\n');
}

/** Instead of a plan that could not be made: nobody should read that of an earlier commit for it. */
export function failureComment(environment: string, footer = ''): string {
  return `${markerOf(environment)}\n## Plan of \`${environment}\`: failed\n\nNo plan could be made of this commit.\n\n${footer}\n`;
}

function total({ errored }: PlanJson, changes: readonly PlannedChange[]): string {
  const counts = actions.flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${verbs[action]}`];
  });
  if (errored) return ['not complete', ...counts].join(', ');
  return counts.length === 0 ? 'no change of a resource' : counts.join(', ');
}

function warning(plan: PlanJson, changes: readonly PlannedChange[]): string[] {
  const lost = changes.filter(({ action }) => action === 'replace' || action === 'destroy').length;
  return [
    ...(plan.errored
      ? ['', '> [!CAUTION]', '> **Terraform stopped with an error: this plan is not complete.**']
      : []),
    ...(lost > 0
      ? [
          '',
          '> [!CAUTION]',
          `> **${lost === 1 ? 'A resource that exists is' : `${lost} resources that exist are`} destroyed.** Look at the first tables.`,
        ]
      : []),
  ];
}

function sections(changes: readonly PlannedChange[]): string[] {
  return actions.flatMap((action) => {
    const rows = changes.filter((change) => change.action === action);
    if (rows.length === 0) return [];
    const second = action === 'update' || action === 'replace' ? 'attributes' : 'note';
    const plain = rows.every((row) => detail(row) === '');
    const header = plain ? ['| resource |', '| --- |'] : [`| resource | ${second} |`, '| --- | --- |'];
    return ['', `### ${headings[action]}`, '', ...header, ...rows.map((row) => rowOf(row, plain))];
  });
}

const detail = ({ attributes, reason }: PlannedChange) =>
  [...attributes.map(attribute), ...(reason ? [plainText(reason)] : [])].join(', ');

const rowOf = (change: PlannedChange, plain: boolean) =>
  plain ? `| ${code(change.address)} |` : `| ${code(change.address)} | ${detail(change)} |`;

/** The name as code, what is said about it as text. */
function attribute(shown: string): string {
  const [name = '', ...rest] = shown.split(' ');
  return [code(name), ...(rest.length > 0 ? [plainText(rest.join(' '))] : [])].join(' ');
}

/** A key of `for_each` may hold anything. */
function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')}\``;
}

function plainText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').replaceAll('<', '&lt;').replaceAll('@', '&#64;');
}

function outputs(plan: PlanJson): string[] {
  const names = changedOutputs(plan);
  return names.length === 0 ? [] : ['', `Outputs that change: ${names.map(code).join(', ')}`];
}

function drift(plan: PlanJson): string[] {
  const addresses = driftedResources(plan);
  return addresses.length === 0
    ? []
    : ['', `Changed beside Terraform since it was last applied: ${addresses.map(code).join(', ')}`];
}

/** Whole lines from the beginning, and how many rows are missing. */
function cut(lines: readonly string[], most: number): string[] {
  let length = 0;
  const kept = lines.filter((line) => (length += line.length + 1) <= most);
  const isRow = (line: string) => line.startsWith('| `');
  const missing = lines.filter(isRow).length - kept.filter(isRow).length;
  if (kept.length === lines.length) return kept;
  return [
    ...kept,
    '',
    `**${missing} more resources are not shown**: a comment takes ${LONGEST_COMMENT.toLocaleString('en')} characters. A plan on a workstation tells them all.`,
  ];
}
