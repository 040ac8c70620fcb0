/** What a plan does to resources. Attributes are named; no value of an attribute leaves this module. */
import { isDeepStrictEqual } from 'node:util';
import type { PlanJson, ResourceChange } from './plan-json';

/** In the order in which a reviewer wants to see them. */
export const actions = [
  'replace',
  'destroy',
  'forget',
  'update',
  'create',
  'import',
  'move',
  'defer',
] as const;
export type Action = (typeof actions)[number];

export interface PlannedChange {
  readonly action: Action;
  readonly address: string;
  /** Names of the attributes that change or, for a replacement, that force it. */
  readonly attributes: readonly string[];
  /** Address before it moved. */
  readonly previousAddress?: string | undefined;
  /** Why Terraform destroys, replaces or defers it, in Terraform's words. */
  readonly reason?: string | undefined;
}

/** Resources that a plan changes or leaves to a later plan, by action. */
export function plannedChanges({ resource_changes = [], deferred_changes = [] }: PlanJson): PlannedChange[] {
  const changes = resource_changes.flatMap((resource) => {
    const action = actionOf(resource);
    if (action === undefined) return [];
    const { address, previous_address, action_reason, change } = resource;
    return {
      action,
      address,
      attributes: attributesOf(change, action),
      previousAddress: previous_address,
      reason: words(action_reason),
    };
  });
  const deferred = deferred_changes.map(({ reason, resource_change: { address } }) => ({
    action: 'defer' as const,
    address,
    attributes: [],
    reason: words(reason),
  }));
  return [...changes, ...deferred].sort(
    (one, other) => actions.indexOf(one.action) - actions.indexOf(other.action),
  );
}

/** A reason such as `replace_because_tainted`, as words. */
const words = (reason?: string) => reason?.replaceAll(/[^a-z]+/g, ' ');

/** Names of the outputs whose values change. */
export function changedOutputs({ output_changes = {} }: PlanJson): string[] {
  return Object.keys(output_changes).filter((name) => output_changes[name]?.actions.join() !== 'no-op');
}

function actionOf({ change, previous_address }: ResourceChange): Action | undefined {
  const planned = new Set(change.actions);
  if (planned.has('create') && (planned.has('delete') || planned.has('forget'))) return 'replace';
  if (planned.has('delete')) return 'destroy';
  if (planned.has('forget')) return 'forget';
  if (planned.has('update')) return 'update';
  if (planned.has('create')) return 'create';
  if (change.importing) return 'import';
  return previous_address === undefined ? undefined : 'move';
}

function attributesOf(change: ResourceChange['change'], action: Action): string[] {
  if (action === 'replace') return unique((change.replace_paths ?? []).map(([name]) => String(name)));
  if (action !== 'update') return [];
  const [before, after, unknown] = [change.before, change.after, change.after_unknown].map(fieldsOf);
  const isKnown = (name: string) => !containsTrue(unknown?.[name]);
  return unique(Object.keys({ ...before, ...after, ...unknown })).filter(
    (name) => !(isKnown(name) && isDeepStrictEqual(before?.[name], after?.[name])),
  );
}

const unique = (names: string[]) => [...new Set(names)].sort();

const fieldsOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** `after_unknown` has the shape of the value, with `true` wherever it is unknown. */
const containsTrue = (value: unknown): boolean =>
  value === true || Object.values(fieldsOf(value)).some(containsTrue);
