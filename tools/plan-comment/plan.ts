/** What a plan says, of all that `terraform show -json` tells: https://developer.hashicorp.com/terraform/internals/json-format */
import { isDeepStrictEqual } from 'node:util';

/** A plan as JSON, as far as it is read here. */
export interface PlanJson {
  readonly terraform_version?: string;
  readonly errored?: boolean;
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  /** Attributes that the changes of the plan follow from. */
  readonly relevant_attributes?: readonly {
    readonly resource: string;
    readonly attribute: readonly (string | number)[];
  }[];
  readonly output_changes?: Readonly<Record<string, Change>>;
}

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly mode?: string;
  readonly previous_address?: string;
  readonly action_reason?: string;
  readonly change: Change;
}

export interface Change {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  /** `true`, or the same shape as the value with `true` wherever it is sensitive. */
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  /** Paths of the attributes for which the resource is made anew. */
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: object;
}

/** In the order in which a reviewer wants to see them. */
export const actions = ['replace', 'destroy', 'forget', 'update', 'create', 'import', 'move'] as const;
export type Action = (typeof actions)[number];

export interface PlannedChange {
  readonly action: Action;
  readonly address: string;
  readonly type: string;
  /** Attributes that change, each as it is shown. */
  readonly attributes: readonly string[];
  /** Why it is destroyed, or from where it moved. */
  readonly reason?: string | undefined;
}

/** What a plan does to resources; what stays as it is, and what is only read, is left out. */
export function plannedChanges({ resource_changes = [] }: PlanJson): PlannedChange[] {
  return resource_changes
    .flatMap((resource) => {
      const action = actionOf(resource);
      return action ? [{ action, ...described(resource, action) }] : [];
    })
    .sort((one, other) => actions.indexOf(one.action) - actions.indexOf(other.action));
}

/** Outputs that get another value, by name. */
export function changedOutputs({ output_changes = {} }: PlanJson): string[] {
  return Object.entries(output_changes).flatMap(([name, { actions }]) =>
    actions.join() === 'no-op' ? [] : [name],
  );
}

/**
 * Resources that somebody changed beside Terraform, as `terraform plan` tells them: those that are gone, and those of
 * which this plan uses what changed. The rest is what a service fills in by itself.
 */
export function driftedResources({ resource_drift = [], relevant_attributes = [] }: PlanJson): string[] {
  const isDrift = ({ address, change: { actions, before, after } }: ResourceChange) =>
    actions.includes('delete') ||
    relevant_attributes.some(({ resource, attribute: [name] }) => {
      const [was, is] = [before, after].map((value) => at(value, String(name)));
      return resource === address && !(isEmpty(was) && isEmpty(is)) && !isDeepStrictEqual(was, is);
    });
  return resource_drift.filter(isDrift).map(({ address }) => address);
}

const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

function actionOf({ change, previous_address }: ResourceChange): Action | undefined {
  const what = new Set(change.actions);
  if (what.has('create') && (what.has('delete') || what.has('forget'))) return 'replace';
  if (what.has('delete')) return 'destroy';
  if (what.has('forget')) return 'forget';
  if (what.has('update')) return 'update';
  if (what.has('create')) return 'create';
  if (change.importing) return 'import';
  return previous_address === undefined ? undefined : 'move';
}

function described(
  { address, type, change, previous_address, action_reason }: ResourceChange,
  action: Action,
) {
  const compared = action === 'update' || action === 'replace';
  const moved = previous_address === undefined ? undefined : `was ${previous_address}`;
  return {
    address,
    type,
    attributes: compared ? changedAttributes(change, action) : [],
    reason: moved ?? (action === 'destroy' ? action_reason?.replaceAll('_', ' ') : undefined),
  };
}

const at = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** Whether something within is marked. */
function marked(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === true;
  return Object.values(value).some(marked);
}

function changedAttributes(change: Change, action: Action): string[] {
  const { before, after, after_unknown, before_sensitive, after_sensitive, replace_paths = [] } = change;
  const forced = new Set(replace_paths.map(([name]) => String(name)));
  const names = Object.keys({
    ...(before as object | null),
    ...(after as object | null),
    ...(after_unknown as object | null),
  });
  return names.sort().flatMap((name) => {
    const [was, becomes, unknown] = [at(before, name), at(after, name), marked(at(after_unknown, name))];
    if (!unknown && isDeepStrictEqual(was, becomes)) return [];
    // Of what is made anew, all that AWS will choose is unknown; only what forces it tells something.
    if (action === 'replace' && unknown && !forced.has(name)) return [];
    // Nor does what the configuration leaves open: it is null in the new resource.
    if (action === 'replace' && !forced.has(name) && (becomes === null || becomes === undefined)) return [];
    const sensitive = [before_sensitive, after_sensitive].some(
      (one) => one === true || marked(at(one, name)),
    );
    return [shown(name, was, becomes, { unknown, sensitive, forced: forced.has(name) })];
  });
}

/**
 * A number or a switch is shown with its values; a text can be an address or a key, and is told by name only.
 */
function shown(
  name: string,
  was: unknown,
  becomes: unknown,
  { unknown, sensitive, forced }: { unknown: boolean; sensitive: boolean; forced: boolean },
): string {
  const plain = [was, becomes].every((value) => typeof value === 'number' || typeof value === 'boolean');
  const values = sensitive ? ' (sensitive)' : !unknown && plain ? ` ${String(was)} → ${String(becomes)}` : '';
  return `${name}${values}${forced ? ' (forces replacement)' : ''}`;
}
