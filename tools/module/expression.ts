/** Writes nodes as expressions of Terraform. */
import type { Decision } from './decision';
import { inputs } from './inputs';
import { partsOf, wholeExpression } from './markers';
import type { Node, Part } from './merge';
import { EACH, ITEM, JSON_TEXT } from './normalized';

/** @param indent - of the line in which the expression begins, spaces */
export function expression(node: Node, indent = 0): string {
  if (node.kind === 'value')
    return typeof node.value === 'string' ? textExpression(node.value) : String(node.value);
  if (node.kind === 'choice') return choiceExpression(node, indent);
  if (node.kind === 'list') return listExpression(node.items, indent);
  const json = node.fields.get(JSON_TEXT);
  if (json) return `jsonencode(${expression(json.node, indent)})`;
  return objectExpression(node.fields, indent);
}

export function textExpression(value: string): string {
  const whole = wholeExpression(value);
  if (whole !== undefined) return whole;
  const parts = partsOf(value).map((part, index) => (index % 2 === 1 ? `\${${part}}` : escaped(part)));
  return `"${parts.join('')}"`;
}

const escaped = (text: string) =>
  JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/([$%])\{/g, '$1$1{');

const spaces = (count: number) => ' '.repeat(count);

function listExpression(items: readonly Part[], indent: number): string {
  if (items.length === 0) return '[]';
  const groups = groupsOf(items);
  const [only] = groups;
  if (groups.length === 1 && only) return groupExpression(only, indent);
  const parts = groups.map((group) => `${spaces(indent + 2)}${groupExpression(group, indent + 2)},\n`);
  return `concat(\n${parts.join('')}${spaces(indent)})`;
}

/** Items in a row that are always there, or one that is there for some choices or for each of another list. */
type Group = readonly Node[] | Part;

function groupsOf(items: readonly Part[]): Group[] {
  const groups: (Node[] | Part)[] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (item.presence || eachOf(item.node)) groups.push(item);
    else if (Array.isArray(last)) last.push(item.node);
    else groups.push([item.node]);
  }
  return groups;
}

/** The list that an item stands for, and what it is for each of its items. */
function eachOf(node: Node): { list: string; item: Node } | undefined {
  if (node.kind !== 'object') return undefined;
  const [list, item] = [node.fields.get(EACH)?.node, node.fields.get(ITEM)?.node];
  return list?.kind === 'value' && item ? { list: String(list.value), item } : undefined;
}

const isAlways = (group: Group): group is readonly Node[] => Array.isArray(group);

function groupExpression(group: Group, indent: number): string {
  if (isAlways(group))
    return bracketed(
      group.map((node) => expression(node, indent + 2)),
      indent,
    );
  const { node, presence } = group;
  const condition = presence && conditionOf(presence);
  const each = eachOf(node);
  // What is not there is not evaluated: it may refer to something that is not there either.
  if (!each) return `[for there in(${condition} ? [true] : []) : ${expression(node, indent)}]`;
  // A list that is not given is null.
  const list = condition === undefined ? each.list : `(${condition} ? ${each.list} : [])`;
  const one = expression(each.item, indent);
  return one === 'item' ? list : `[for item in${list.startsWith('(') ? '' : ' '}${list} : ${one}]`;
}

function bracketed(lines: readonly string[], indent: number): string {
  const short = `[${lines.join(', ')}]`;
  if (!short.includes('\n') && short.length < 100) return short;
  return `[\n${lines.map((line) => `${spaces(indent + 2)}${line},\n`).join('')}${spaces(indent)}]`;
}

function objectExpression(fields: ReadonlyMap<string, Part>, indent: number): string {
  if (fields.size === 0) return '{}';
  const always = [...fields].filter(([, { presence }]) => !presence);
  const sometimes = [...fields].flatMap(([name, { node, presence }]) =>
    presence ? [{ name, node, presence }] : [],
  );
  if (sometimes.length === 0) return braced(always, indent);
  const parts = [
    ...(always.length > 0 ? [braced(always, indent + 2)] : []),
    ...sometimes.map(({ name, node, presence }) => {
      const condition = conditionOf(presence);
      return `{ for name in(${condition} ? [${textExpression(name)}] : []) : name => ${expression(node, indent + 2)} }`;
    }),
  ];
  return `merge(\n${parts.map((part) => `${spaces(indent + 2)}${part},\n`).join('')}${spaces(indent)})`;
}

function braced(fields: readonly [string, Part][], indent: number): string {
  const lines = fields.map(([name, { node }]) => `${fieldName(name)} = ${expression(node, indent + 2)}`);
  return `{\n${lines.map((line) => `${spaces(indent + 2)}${line}\n`).join('')}${spaces(indent)}}`;
}

/** A name that is an expression has parentheses. */
function fieldName(name: string): string {
  if (/^[A-Za-z]\w*$/.test(name)) return name;
  const written = textExpression(name);
  return /^"[^$]*"$/.test(written) ? written : `(${written})`;
}

function choiceExpression({ decision, nodes }: Extract<Node, { kind: 'choice' }>, indent: number): string {
  const written = nodes.map((node) => expression(node, indent));
  const conditions = nodes.slice(0, -1).map((_node, index) => conditionOf(isLabel(decision, index)));
  const [first, second] = nodes;
  if (isBoolean(first, true) && isBoolean(second, false)) return conditionOf(isLabel(decision, 0));
  if (isBoolean(first, false) && isBoolean(second, true)) return conditionOf(isLabel(decision, 1));
  const isScalar = nodes.every(({ kind }) => kind === 'value');
  const results = isScalar ? written : nodes.map((_node, index) => String(index));
  const chosen = results.reduceRight((rest, result, index) => `${conditions[index]} ? ${result} : ${rest}`);
  return isScalar ? `(${chosen})` : `[${written.join(', ')}][${chosen}]`;
}

const isBoolean = (node: Node | undefined, value: boolean) => node?.kind === 'value' && node.value === value;

const isLabel = (decision: Decision<number>, label: number): Decision<boolean> => ({
  inputs: decision.inputs,
  table: new Map([...decision.table].map(([key, value]) => [key, value === label])),
});

/** Whether something is there, as a condition. */
export function conditionOf({ inputs: names, table }: Decision<boolean>): string {
  const keys = [...table].map(([key, value]) => ({ cases: key.split('|'), value }));
  return (
    productOf(names, keys, true) ??
    negated(productOf(names, keys, false)) ??
    `contains([${keys
      .filter(({ value }) => value)
      .map(({ cases }) => `"${cases.join('|')}"`)
      .join(', ')}], "${names.map((name) => `\${${caseOf(name)}}`).join('|')}")`
  );
}

const negated = (condition: string | undefined) => (condition === undefined ? undefined : `!(${condition})`);

/** The condition that every input has one of some cases, if that is all there is to it. */
function productOf(
  names: readonly string[],
  keys: readonly { readonly cases: readonly string[]; readonly value: boolean }[],
  wanted: boolean,
): string | undefined {
  const matching = keys.filter(({ value }) => value === wanted);
  const sets = names.map((_name, index) => new Set(matching.map(({ cases }) => cases[index] ?? '')));
  const isInside = (cases: readonly string[]) => sets.every((set, index) => set.has(cases[index] ?? ''));
  if (keys.some(({ cases, value }) => isInside(cases) && value !== wanted)) return undefined;
  const conditions = names.flatMap((name, index) => {
    const all = new Set(keys.map(({ cases }) => cases[index] ?? ''));
    return sets[index]?.size === all.size ? [] : [oneOf(name, [...(sets[index] ?? [])], all)];
  });
  return conditions.length === 0 ? undefined : conditions.join(' && ');
}

/** The case of an input, which is a local value. */
const caseOf = (name: string) => `local.case.${name}`;

function oneOf(name: string, cases: readonly string[], all: ReadonlySet<string>): string {
  const [only = ''] = cases;
  if (cases.length === 1 && isSwitch(name)) return only === 'true' ? switchOf(name) : `!${switchOf(name)}`;
  if (cases.length === 1) return `${caseOf(name)} == "${only}"`;
  const others = [...all].filter((each) => !cases.includes(each));
  if (others.length === 1) return `${caseOf(name)} != "${others[0] ?? ''}"`;
  return `contains([${cases.map((each) => `"${each}"`).join(', ')}], ${caseOf(name)})`;
}

const isSwitch = (name: string) => 'true' in (inputs.get(name)?.cases ?? {});
const switchOf = (name: string) => inputs.get(name)?.expression ?? '';
