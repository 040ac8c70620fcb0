import { type StackJson, everyStack } from './every-option';
import { filledByAws } from './filled-by-aws';
import { type ProviderSchema, providerSchema } from './provider-schema';
import type { Schema } from './read-bindings';

/** Nearly every type has these, and nothing about them depends on the type. */
export const OF_EVERY_TYPE = ['id', 'name_prefix', 'region', 'tags_all'];

/**
 * Attributes that a stack leaves to AWS, and that the provider takes over because they are both optional and computed; those
 * of `filled-by-aws.ts` are left out.
 * @returns their paths by type
 */
export function alsoTakenOver(): Map<string, string[]> {
  const listed = filledByAws.map(({ attribute }) => attribute);
  const paths = [...everyStack().values()].flatMap((stack) => leftToAws(stack, providerSchema));
  const others = [...new Set(paths)].filter((path) => !listed.includes(path)).sort();
  return Map.groupBy(others, (path) => path.split('.')[0] ?? '');
}

function leftToAws({ resource = {} }: StackJson, schema: ProviderSchema): string[] {
  return Object.entries(resource).flatMap(([type, resources]) =>
    Object.values(resources).flatMap((settings) => unsetIn(settings, schema.resource[type] ?? {}, type)),
  );
}

function unsetIn(block: object, schema: Schema, path: string): string[] {
  return Object.entries(schema)
    .filter(([name]) => !OF_EVERY_TYPE.includes(name))
    .flatMap(([name, kind]) => {
      const value = (block as Record<string, unknown>)[name];
      const there = `${path}.${name}`;
      if (value === undefined) return kind === 'filled' ? [there] : [];
      if (typeof kind === 'string') return [];
      return [value].flat().flatMap((inner) => unsetIn(inner as object, kind, there));
    });
}
