/** Attributes by their paths, such as `aws_s3_bucket.policy`, `data.aws_kms_public_key.key_id` and `provider.region`. */
import type { StackJson } from './every-option';
import type { ProviderSchema } from './provider-schema';
import type { Attribute, Schema } from './read-bindings';

type Settings = Record<string, unknown>;

/** Every block of a stack that can have the attribute, and the attribute's name. */
export function holdersOf(stack: StackJson, attribute: string): { holders: Settings[]; name: string } {
  const { kind, type, path, name } = parsed(attribute);
  const all = kind === 'provider' ? (stack.provider?.aws ?? []) : Object.values(stack[kind]?.[type] ?? {});
  const inner = (blocks: readonly Settings[], step: string) =>
    blocks.flatMap((block): Settings[] => [block[step] ?? []].flat() as Settings[]);
  return { holders: path.reduce(inner, all as Settings[]), name };
}

/** What the schema says of the attribute; nothing if it does not have it. */
export function inSchema(schema: ProviderSchema, attribute: string): Attribute | Schema | undefined {
  const { kind, type, path, name } = parsed(attribute);
  const start: Schema | undefined = kind === 'provider' ? schema.provider : schema[kind][type];
  return [...path, name].reduce<Attribute | Schema | undefined>(
    (there, step) => (typeof there === 'object' ? there[step] : undefined),
    start,
  );
}

function parsed(attribute: string) {
  const steps = attribute.split('.');
  const kind = steps[0] === 'provider' || steps[0] === 'data' ? steps[0] : 'resource';
  const [type = '', ...path] = kind === 'data' ? steps.slice(1) : steps;
  return { kind, type, path, name: path.pop() ?? '' } as const;
}
