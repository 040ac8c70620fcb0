/** A stack without what is its own: its name, hashes in addresses, and the form of JSON within texts. */
import { isDeepStrictEqual } from 'node:util';
import { type Json, type KnownValue, asText } from './known';
import { inText, whole } from './markers';

/** An object with this field is JSON within a text; the field has what it says. */
export const JSON_TEXT = '\uE010json';
/** An item of a list with these fields stands for one item for each of another list. */
export const EACH = '\uE011each';
export const ITEM = '\uE012item';

/** Type and name of each resource in the module, by its address in the stack. */
type Addresses = ReadonlyMap<string, string>;

type Stack = Readonly<Record<string, Json>>;
type Resources = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** Resources, data sources and outputs of a stack, by their names in the module. */
export function normalized(stack: Stack, known: readonly KnownValue[]): Json {
  if ('moved' in stack)
    throw new Error('The module would lose the moved blocks of the stack: write them for it too');
  const { resource, data, output } = stack as unknown as Record<string, Resources>;
  const addresses = new Map([
    ...addressesOf(resource ?? {}, '', known),
    ...addressesOf(data ?? {}, 'data.', known),
  ]);
  const walk = walker(known, addresses);
  const all = (blocks: Resources, start: string) =>
    Object.entries(blocks).flatMap(([type, named]) =>
      Object.entries(named).map(([name, body]) => {
        const { '//': metadata, ...settings } = body as Record<string, Json> & Metadata;
        const list = known.find((each) => isInPath(each, metadata.metadata.path));
        return [
          addresses.get(`${start}${type}.${name}`) ?? name,
          list ? forEach(list, settings) : walk(settings),
        ] as const;
      }),
    );
  const forEach = (list: KnownValue, settings: Json): Json => {
    const others = known.filter((each) => each !== list);
    const one = walker([...others, { ...list, kind: 'text', expression: 'each.value' }], addresses);
    return { for_each: whole(`toset(${list.expression})`), ...(one(settings) as Record<string, Json>) };
  };
  return {
    resource: Object.fromEntries(all(resource ?? {}, '')),
    data: Object.fromEntries(all(data ?? {}, 'data.')),
    output: walk(output as unknown as Json),
  };
}

interface Metadata {
  readonly '//': { readonly metadata: { readonly path: string } };
}

/** Whether a construct is there for the item of a list. */
const isInPath = ({ kind, value }: KnownValue, path: string) =>
  kind === 'items' && path.split('/').includes(asText(value));

function addressesOf(blocks: Resources, start: string, known: readonly KnownValue[]): [string, string][] {
  return Object.entries(blocks).flatMap(([type, named]) =>
    Object.entries(named).map(([name, body]): [string, string] => {
      const { path } = (body as unknown as Metadata)['//'].metadata;
      return [`${start}${type}.${name}`, `${start}${type}.${nameOf(path, known)}`];
    }),
  );
}

/** The name of a resource in the module: the path of its construct without the stack and the collection. */
export function nameOf(path: string, known: readonly KnownValue[]): string {
  const parts = path.split('/').slice(1);
  const inCollection = parts[0] === 'credential-reports' ? parts.slice(1) : parts;
  const isItem = (part: string) => known.some((each) => isInPath(each, part));
  return inCollection
    .map((part) => (isItem(part) ? 'each' : part))
    .join('_')
    .replaceAll('-', '_');
}

function walker(known: readonly KnownValue[], addresses: Addresses) {
  // Environment variables of functions have numbers as texts.
  const forms = (value: Json) => (typeof value === 'number' ? [value, String(value)] : [value]);
  const byJson = new Map(
    known
      .filter(({ kind }) => kind !== 'items')
      .flatMap(({ value, expression }) => forms(value).map((form) => [JSON.stringify(form), expression])),
  );
  const texts = known
    .filter(({ kind }) => kind === 'text')
    .sort((one, other) => asText(other.value).length - asText(one.value).length);
  const lists = known.filter(({ kind }) => kind === 'items');

  const walk = (value: Json): Json => {
    const expression = byJson.get(JSON.stringify(value));
    if (expression !== undefined) return expression.includes('\uE000') ? expression : whole(expression);
    if (typeof value === 'string') return ofText(value);
    if (Array.isArray(value)) return withoutRepeats((value as Json[]).map(ofItem));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, walk(field)]));
  };

  const ofItem = (item: Json): Json => {
    const list = lists.find(({ value }) => isMadeFor(asText(value), item));
    if (!list) return walk(item);
    const one = walker(
      [...known.filter((each) => each !== list), { ...list, kind: 'text', expression: 'item' }],
      addresses,
    );
    return { [EACH]: list.expression, [ITEM]: one(item) };
  };

  const ofText = (value: string): Json => {
    const address = addresses.get(value);
    if (address !== undefined) return whole(address);
    const [, zip] = /^assets\/.*\/([\w-]+\.zip)$/.exec(value) ?? [];
    if (zip !== undefined) return `${inText('path.module')}/functions/${zip}`;
    const parsed = parsedJson(value);
    if (parsed !== undefined) return { [JSON_TEXT]: walk(parsed) };
    // What Terraform evaluates; `$${` is text.
    const parts = value.split(/(?<!\$)\$\{([^}]*)\}/);
    return parts
      .map((part, index) =>
        index % 2 === 1 ? inText(renamed(part, addresses)) : withKnown(part.replaceAll('$${', '${')),
      )
      .join('');
  };

  const withKnown = (part: string): string =>
    texts.reduce((result, { value, expression }) => {
      const marked = expression.includes('\uE000') ? expression : inText(expression);
      if (typeof value === 'number')
        return outsideMarkers(result, (text) =>
          text.replaceAll(new RegExp(`(?<!\\d)${value}(?!\\d)`, 'g'), marked),
        );
      return outsideMarkers(result, (text) => text.replaceAll(asText(value), marked));
    }, part);

  return walk;
}

/** Whether there is one of an item for each value of a list. An item that has a list of the values is there once. */
function isMadeFor(value: string, item: Json): boolean {
  if (typeof item === 'string') return item.includes(value);
  if (typeof item !== 'object' || item === null) return false;
  return Array.isArray(item)
    ? item.some((inner: Json) => typeof inner !== 'string' && isMadeFor(value, inner))
    : Object.values(item as object).some((field: Json) => isMadeFor(value, field));
}

/** What is there for each value of a list is once what there is for all of them. */
const withoutRepeats = (list: readonly Json[]): Json[] =>
  list.filter(
    (item, index) =>
      typeof item !== 'object' ||
      item === null ||
      !(EACH in item) ||
      list.findIndex((other) => isDeepStrictEqual(other, item)) === index,
  );

/** Changes the parts of a text that are no expressions. */
const outsideMarkers = (value: string, change: (text: string) => string): string =>
  value
    .split(/(\uE000[^\uE002]*\uE002)/)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');

function parsedJson(value: string): Json | undefined {
  if (!/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

/** The expression with the addresses of the module. */
function renamed(expression: string, addresses: Addresses): string {
  return expression.replaceAll(/(?:data\.)?aws_\w+\.[\w-]+/g, (address) => addresses.get(address) ?? address);
}
