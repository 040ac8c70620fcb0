/** What a stack says that the provider does not know. */
import type { StackJson } from './every-option';
import type { ProviderSchema } from './provider-schema';
import type { Schema } from './read-bindings';

/** Arguments of Terraform itself, and the metadata of CDKTF. */
const OF_TERRAFORM = ['//', 'count', 'depends_on', 'provider', 'lifecycle'];

/**
 * Types and attributes that the schema does not have or that cannot be set, with the address of the resource; references to
 * attributes and `ignore_changes` too.
 */
export function unknownAttributes(stack: StackJson, schema: ProviderSchema): string[] {
  const providers = (stack.provider?.aws ?? []).flatMap((settings) =>
    unknownIn(settings, schema.provider, 'provider aws'),
  );
  return [
    ...providers,
    ...unknownInKind(stack.resource, schema.resource),
    ...unknownInKind(stack.data, schema.data, 'data.'),
    ...unknownReferences(JSON.stringify(stack), schema),
  ];
}

function unknownInKind(
  kinds: StackJson['resource'],
  schemas: ProviderSchema['resource'],
  prefix = '',
): string[] {
  return Object.entries(kinds ?? {}).flatMap(([type, resources]) => {
    const schema = schemas[type];
    if (!schema) return [`${prefix}${type}: the type is not in the schema`];
    return Object.entries(resources).flatMap(([name, settings]) => {
      const own = Object.entries(settings).filter(([attribute]) => !OF_TERRAFORM.includes(attribute));
      const address = `${prefix}${type}.${name}`;
      return [
        ...unknownIn(Object.fromEntries(own), schema, address),
        ...unknownIgnored(settings, schema, address),
      ];
    });
  });
}

/** A block is an object, or a list of them. */
function unknownIn(settings: unknown, schema: Schema, path: string): string[] {
  if (Array.isArray(settings)) return settings.flatMap((one) => unknownIn(one, schema, path));
  if (typeof settings !== 'object' || settings === null) return [`${path} must be a block`];
  return Object.entries(settings).flatMap(([name, value]) => {
    const attribute = Object.hasOwn(schema, name) ? schema[name] : undefined;
    const there = `${path}.${name}`;
    if (attribute === undefined) return [`${there} does not exist`];
    if (attribute === 'read-only') return [`${there} cannot be set`];
    return typeof attribute === 'string' ? [] : unknownIn(value, attribute, there);
  });
}

function unknownIgnored(settings: object, schema: Schema, address: string): string[] {
  const { lifecycle } = settings as { lifecycle?: { ignore_changes?: readonly string[] } };
  return (lifecycle?.ignore_changes ?? [])
    .filter((name) => !Object.hasOwn(schema, name))
    .map((name) => `${address}.${name} is ignored, and does not exist`);
}

/** `${aws_kms_key.NAME.arn}`, also within functions of Terraform. */
function unknownReferences(json: string, schema: ProviderSchema): string[] {
  return [...json.matchAll(/\b(data\.)?(aws_\w+)\.([\w-]+)\.(\w+)/g)]
    .filter(
      ([, data, type = '', , attribute = '']) =>
        !Object.hasOwn(schema[data ? 'data' : 'resource'][type] ?? {}, attribute),
    )
    .map(([reference]) => `${reference} is read, and does not exist`);
}
