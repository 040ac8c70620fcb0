/** Makes one tree of the stacks that different choices give. */
import type { Json } from './known';
import { type Choice, type Decision, decide } from './decision';

/** What every stack has in one place, or which choices give what. */
export type Node =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Part> }
  | { readonly kind: 'list'; readonly items: readonly Part[] }
  | { readonly kind: 'choice'; readonly decision: Decision<number>; readonly nodes: readonly Node[] };

/** A part that only some choices have. */
export interface Part {
  readonly node: Node;
  /** Undefined if it is always there. */
  readonly presence: Decision<boolean> | undefined;
}

export interface Seen {
  readonly choice: Choice;
  readonly value: Json;
}

/** Something that no choice explains: the constructs compute it from a value, which has to be among the known values. */
export class Unexplained extends Error {
  override readonly name = 'Unexplained';
}

/**
 * @param names - of all inputs
 * @throws {@link Unexplained}
 */
export function merge(seen: readonly Seen[], names: readonly string[], path = ''): Node {
  const texts = new Map<string, Json>();
  for (const { value } of seen) texts.set(JSON.stringify(value), value);
  const values = [...texts.values()];
  const [first] = values;
  if (values.every(isObject)) return mergeObjects(seen as Typed<JsonObject>[], names, path);
  if (values.every(isList)) return mergeLists(seen as Typed<readonly Json[]>[], names, path);
  if (values.length === 1 && !isObject(first) && !isList(first))
    return { kind: 'value', value: first ?? null };
  const groups = [...new Set(values.map(kindOf))];
  const keys = groups.length > 1 && groups.some((group) => group !== 'scalar') ? groups : [...texts.keys()];
  const groupOf = ({ value }: Seen) => keys.indexOf(keys === groups ? kindOf(value) : JSON.stringify(value));
  return {
    kind: 'choice',
    decision: explained(
      seen.map((each) => ({ choice: each.choice, value: groupOf(each) })),
      names,
      path,
      values,
    ),
    nodes: keys.map((_key, index) =>
      merge(
        seen.filter((each) => groupOf(each) === index),
        names,
        path,
      ),
    ),
  };
}

type JsonObject = Readonly<Record<string, Json>>;
type Typed<Value extends Json> = Seen & { readonly value: Value };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const kindOf = (value: Json) => (isObject(value) ? 'object' : isList(value) ? 'list' : 'scalar');

function mergeObjects(seen: readonly Typed<JsonObject>[], names: readonly string[], path: string): Node {
  const fields = inOneOrder(seen.map(({ value }) => Object.keys(value)));
  return {
    kind: 'object',
    fields: new Map(
      fields.map((field) => {
        const at = `${path}.${field}`;
        return [field, part(seen, names, at, ({ value }) => value[field])];
      }),
    ),
  };
}

/** Items are the same if they have the same name; an item that has none is its own name. */
function mergeLists(seen: readonly Typed<readonly Json[]>[], names: readonly string[], path: string): Node {
  const named = new Map(seen.map((each) => [each, namesOf(each.value)]));
  const order = inOneOrder([...named.values()]);
  return {
    kind: 'list',
    items: order.map((name) =>
      part(
        seen,
        names,
        `${path}[${name.slice(0, 60)}]`,
        (each) => each.value[named.get(each)?.indexOf(name) ?? -1],
      ),
    ),
  };
}

/** What items of lists are called in policies, rules and dashboards. */
const NAMES = ['Sid', 'id', 'Key', 'name'];

function namesOf(list: readonly Json[]): string[] {
  const found = list.map((item) => {
    const name = isObject(item)
      ? NAMES.map((field) => item[field]).find((value) => typeof value === 'string')
      : undefined;
    return name ?? JSON.stringify(item);
  });
  // Without names of their own, items are what they are in their places, if every list has as many.
  return new Set(found).size === found.length ? found : found.map((name, index) => `${index} ${name}`);
}

function part<Value extends Json>(
  seen: readonly Typed<Value>[],
  names: readonly string[],
  path: string,
  valueOf: (each: Typed<Value>) => Json | undefined,
): Part {
  const there = seen.flatMap((each) => {
    const value = valueOf(each);
    return value === undefined ? [] : [{ choice: each.choice, value }];
  });
  const node = merge(there, names, path);
  if (there.length === seen.length) return { node, presence: undefined };
  const presence = explained(
    seen.map((each) => ({ choice: each.choice, value: valueOf(each) !== undefined })),
    names,
    path,
    there.map(({ value }) => value),
  );
  return { node, presence };
}

function explained<Value>(
  seen: readonly { readonly choice: Choice; readonly value: Value }[],
  names: readonly string[],
  path: string,
  values: readonly Json[],
): Decision<Value> {
  const decision = decide(seen, names);
  if (decision) return decision;
  const examples = [...new Set(values.map((value) => JSON.stringify(value)))].slice(0, 3);
  throw new Unexplained(`No choice explains ${path}: ${examples.join(' or ').slice(0, 600)}`);
}

/** The lists as one, in which each keeps its order as far as they agree. */
function inOneOrder(lists: readonly (readonly string[])[]): string[] {
  const order: string[] = [];
  for (const list of [...lists].sort((one, other) => other.length - one.length)) {
    let at = 0;
    for (const name of list) {
      const found = order.indexOf(name);
      if (found === -1) order.splice(at++, 0, name);
      else at = found + 1;
    }
  }
  return order;
}
