/** Random edits of valid JSON, which resemble the mistakes of people and programs more than random JSON does. */
import fc from 'fast-check';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The path to every part of a value, as a list of names. */
export function pathsIn(value: unknown): string[][] {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [[], ...entries.flatMap(([name, part]) => pathsIn(part).map((path) => [name, ...path]))];
}

export function replaced(value: unknown, [name, ...rest]: string[], replacement: unknown): unknown {
  if (name === undefined) return replacement;
  const inner = (value as Record<string, unknown>)[name];
  if (Array.isArray(value))
    return value.map((item: unknown, index) =>
      String(index) === name ? replaced(item, rest, replacement) : item,
    );
  return { ...(value as object), [name]: replaced(inner, rest, replacement) };
}

/** What replaces a part; `undefined` removes it. */
const replacements: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(undefined, null, '', 0, -1, 1.5, 1e21, [], {}, 'null', '../..', 'a\nb'),
);

/** A valid value with up to three of its parts replaced, removed or added. */
export function edited(valid: Json): fc.Arbitrary<Json> {
  const edit = fc.record({
    at: fc.nat(),
    field: fc.option(fc.string(), { freq: 4 }),
    replacement: replacements,
  });
  return fc.array(edit, { maxLength: 3 }).map(
    (edits) =>
      edits.reduce<unknown>((value, { at, field, replacement }) => {
        const paths = pathsIn(value);
        const path = paths[at % paths.length] ?? [];
        const added = field !== null && isObject(partAt(value, path));
        const result = replaced(value, added ? [...path, field] : path, replacement);
        // As it would be in a file or a message.
        return JSON.parse(JSON.stringify(result ?? null)) as unknown;
      }, valid) as Json,
  );
}

export const partAt = (value: unknown, path: string[]) =>
  path.reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], value);
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
