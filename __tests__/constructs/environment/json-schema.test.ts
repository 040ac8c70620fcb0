import { environmentSchemaText } from '../../../constructs/environment/json-schema';

interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly additionalProperties?: boolean | object;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

const schema = JSON.parse(environmentSchemaText()) as Schema;

/** Every field with its path, those of kinds and of list items included. */
function fieldsOf({ properties = {}, required = [], items, oneOf = [] }: Schema, parent = ''): Field[] {
  const own = Object.entries(properties).flatMap(([name, field]) => [
    { path: `${parent}${name}`, field, isRequired: required.includes(name) },
    ...fieldsOf(field, `${parent}${name}.`),
  ]);
  return [...own, ...[...oneOf, ...(items ? [items] : [])].flatMap((inner) => fieldsOf(inner, parent))];
}
interface Field {
  path: string;
  field: Schema;
  isRequired: boolean;
}

describe('the JSON schema of an environment', () => {
  it('allows no fields that it does not name', () => {
    expect(schema.additionalProperties).toBe(false);
    expect(Object.keys(schema.properties!)).toEqual(
      expect.arrayContaining(['bucket', 'waiting', 'backend']) as string[],
    );
  });

  it('requires no field', () => {
    expect(schema.required).toBeUndefined();
  });

  it.each(fieldsOf(schema))('describes $path in sentences', ({ field }) => {
    expect(field.description).toMatch(/^[A-Z`].*\.$/s);
  });

  it.each(fieldsOf(schema).filter(({ path, isRequired }) => path !== '$schema' && !isRequired))(
    'has a default for $path, or says in words what happens without it',
    ({ field: { default: value, properties = {}, description } }) => {
      // An object whose fields have defaults does not need one of its own.
      const hasDefaults = Object.values(properties).some((inner) => inner.default !== undefined);
      if (value === undefined && !hasDefaults) expect(description).toMatch(/ Default: .+\.$/);
    },
  );
});
