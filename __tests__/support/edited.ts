/** Random edits of valid JSON: what people and programs get wrong, more often than random JSON does. */
import fc from 'fast-check';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Every place in a value, as the names that lead to it. */
function places(value: unknown): string[][] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [[], ...inner.flatMap(([name, one]) => places(one).map((place) => [name, ...place]))];
}

function replaced(value: unknown, [name, ...rest]: string[], by: unknown): unknown {
  if (name === undefined) return by;
  const inner = (value as Record<string, unknown>)[name];
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (String(index) === name ? replaced(one, rest, by) : one));
  return { ...(value as object), [name]: replaced(inner, rest, by) };
}

/** What is put in place of a part; nothing takes it away. */
const replacements: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(undefined, null, '', 0, -1, 1.5, 1e21, [], {}, 'null', '../..', 'a\nb'),
);

/** A value that is valid, with up to three of its parts replaced, taken away or added. */
export function edited(valid: Json): fc.Arbitrary<Json> {
  const edit = fc.record({ at: fc.nat(), field: fc.option(fc.string(), { freq: 4 }), by: replacements });
  return fc.array(edit, { maxLength: 3 }).map(
    (edits) =>
      edits.reduce<unknown>((value, { at, field, by }) => {
        const all = places(value);
        const place = all[at % all.length] ?? [];
        const added = field !== null && isObject(partAt(value, place));
        const result = replaced(value, added ? [...place, field] : place, by);
        // As a file or a message would carry it.
        return JSON.parse(JSON.stringify(result ?? null)) as unknown;
      }, valid) as Json,
  );
}

const partAt = (value: unknown, place: string[]) =>
  place.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], value);
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
