/** What a merged tree says about a choice. */
import type { Json } from './known';
import { type Choice, type Decision, decided } from './decision';
import type { Node, Part } from './merge';

/** @returns undefined if no stack that was merged tells what this choice gives */
export function valueOf(node: Node, choice: Choice): Json | undefined {
  if (node.kind === 'value') return node.value;
  if (node.kind === 'choice') {
    const label = decided(node.decision, choice);
    const chosen = label === undefined ? undefined : node.nodes[label];
    return chosen && valueOf(chosen, choice);
  }
  if (node.kind === 'list') {
    const items = node.items.map((item) => partOf(item, choice));
    return items.includes(UNKNOWN) ? undefined : items.filter((item): item is Json => item !== ABSENT);
  }
  const fields = [...node.fields].map(([name, part]) => [name, partOf(part, choice)] as const);
  if (fields.some(([, value]) => value === UNKNOWN)) return undefined;
  return Object.fromEntries(fields.filter((field): field is readonly [string, Json] => field[1] !== ABSENT));
}

const ABSENT = Symbol('absent');
const UNKNOWN = Symbol('unknown');

function partOf({ node, presence }: Part, choice: Choice): Json | typeof ABSENT | typeof UNKNOWN {
  const isThere = presence === undefined || decided(presence, choice);
  if (isThere === undefined) return UNKNOWN;
  if (!isThere) return ABSENT;
  const value = valueOf(node, choice);
  return value === undefined ? UNKNOWN : value;
}

/** Every decision of a tree. */
export function* decisionsOf(node: Node): Generator<Decision<unknown>> {
  if (node.kind === 'value') return;
  if (node.kind === 'choice') {
    yield node.decision;
    for (const one of node.nodes) yield* decisionsOf(one);
    return;
  }
  for (const { node: inner, presence } of node.kind === 'list' ? node.items : node.fields.values()) {
    if (presence) yield presence;
    yield* decisionsOf(inner);
  }
}
