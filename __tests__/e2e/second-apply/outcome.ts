import type { Organization } from '../../support/emulator/organization';
import type { ResourceChange } from '../plan';

const words: [action: string, verb: string][] = [
  ['create', 'add'],
  ['update', 'change'],
  ['delete,create', 'replace'],
  ['create,delete', 'replace'],
  ['delete', 'destroy'],
  ['forget', 'forget'],
];

/** What a plan would do, as Terraform sums it up: `1 to add, 2 to change`. */
export function planned(changes: readonly ResourceChange[]): string {
  const counts = new Map<string, number>();
  for (const { change } of changes) {
    const action = change.actions.join();
    const verb = words.find(([name]) => name === action)?.[1] ?? action;
    counts.set(verb, (counts.get(verb) ?? 0) + 1);
  }
  const order = [...new Set(words.map(([, verb]) => verb))];
  const parts = order.flatMap((verb) => (counts.has(verb) ? [`${counts.get(verb)} to ${verb}`] : []));
  return parts.length > 0 ? parts.join(', ') : 'no changes';
}

export const destroyed = (changes: readonly ResourceChange[]): string[] =>
  changes.filter(({ change }) => change.actions.includes('delete')).map(({ type }) => type);

/** What differs between two looks at the same place; a key that is not enabled any more differs. */
export function differences(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(before).filter((what) => before[what] !== after[what]);
}

/** The reason for which Terraform refuses a plan: the first line of its error. */
export function refusal(error: unknown): string {
  return /Error: (.*)/.exec(String(error))?.[1] ?? String(error);
}

/** Value of a field of a file, as a table shows it. */
export function shown(file: object, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], file);
  return value === undefined ? '' : JSON.stringify(value);
}

/** IDs of accounts and keys are others in every run. */
export const anonymous = (text: string, { accounts }: Organization): string =>
  [...accounts.values()]
    .reduce((replaced, id, index) => replaced.replaceAll(id, String(index + 1).repeat(12)), text)
    .replaceAll(/o-[a-z0-9]{10}\b/g, 'o-exampleorg1')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'KEY');
