import type { Organization } from '../../support/emulator/organization';
import type { PlannedAction } from '../terraform';

const verbs: Record<string, string> = {
  create: 'add',
  update: 'change',
  replace: 'replace',
  delete: 'destroy',
  forget: 'forget',
};

/** What a plan would do, as Terraform sums it up: `1 to add, 2 to change`. */
export function planned(actions: readonly PlannedAction[]): string {
  const counts = Object.entries(verbs).map(([action, verb]): [number, string] => [
    actions.filter((one) => one.action === action).length,
    verb,
  ]);
  const parts = counts.filter(([count]) => count > 0).map(([count, verb]) => `${count} to ${verb}`);
  return parts.length > 0 ? parts.join(', ') : 'no changes';
}

/** Types of what a plan destroys or replaces, in the order of the alphabet: messages and plans have others. */
export const destroyed = (actions: readonly PlannedAction[]): string[] =>
  actions
    .filter(({ action }) => action === 'delete' || action === 'replace')
    .map(({ type }) => type)
    .sort();

/** What differs between two looks at the same place; a key that is not enabled any more differs. */
export function differences(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(before).filter((what) => before[what] !== after[what]);
}

/** The reason for which Terraform refuses a plan: the summary of its error. */
export function refusal({ message }: Error): string {
  return /Error: (.*)/.exec(message)?.[1] ?? message;
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
