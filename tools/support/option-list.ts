/** Every field of an environment file, as documents and `npm run configure` present it; read from the JSON schema. */
import { defaultOptions } from '../../constructs/environment/environment';
import { environmentJsonSchema } from '../../constructs/environment/json-schema';

export interface Option {
  /** Path in the file, such as `bucket.name`; `[]` stands for each item of a list. */
  readonly field: string;
  /** The `kind` of object that has this field. */
  readonly onlyForKind?: string | undefined;
  /** What it is and what follows from it, in Markdown; the default too if it is not a value. */
  readonly description: string;
  /** The allowed values; empty if the type allows any. */
  readonly choices: readonly (string | number)[];
  /** Type in JSON. */
  readonly type: string;
  /** Smallest and largest number, both included. */
  readonly range?: readonly [least: number, most: number] | undefined;
  /** Value that the field has if the file leaves it out. */
  readonly defaultValue: unknown;
  readonly isRequired: boolean;
}

/** The part of JSON Schema that the schema of an environment uses. */
interface Schema {
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

export const optionList: readonly Option[] = optionsIn(environmentJsonSchema() as Schema, '');

/** The options with this path: several if objects of different kinds have it. */
export const optionsOf = (field: string) => optionList.filter((option) => option.field === field);

function optionsIn({ properties = {}, required = [] }: Schema, parent: string, kind?: string): Option[] {
  return Object.entries(properties)
    .filter(([name]) => name !== '$schema' && !(kind && name === 'kind'))
    .flatMap(([name, schema]) => {
      const field = parent + name;
      if (schema.oneOf) return optionsOfKinds(schema, field);
      const option: Option = {
        field,
        onlyForKind: kind,
        description: schema.description ?? '',
        choices: schema.enum ?? [],
        type: schema.type ?? '',
        range: schema.type === 'integer' ? [schema.minimum ?? 0, schema.maximum ?? Infinity] : undefined,
        defaultValue: kind === undefined ? defaultOf(field) : undefined,
        isRequired: required.includes(name),
      };
      const inner = schema.items ? optionsIn(schema.items, `${field}[].`) : optionsIn(schema, `${field}.`);
      return [option, ...inner];
    });
}

/** An option for the kind, which explains every kind, and an option for each field of a kind. */
function optionsOfKinds({ description = '', oneOf = [] }: Schema, parent: string): Option[] {
  const kinds = oneOf.map((schema) => ({ schema, kind: schema.properties?.kind }));
  const explained = kinds.map(({ kind }) => `\`${kind?.const}\`: ${kind?.description}`);
  return [
    {
      field: `${parent}.kind`,
      description: [description, ...explained].join(' '),
      choices: kinds.map(({ kind }) => kind?.const ?? ''),
      type: 'string',
      defaultValue: defaultOf(`${parent}.kind`),
      isRequired: false,
    },
    ...kinds.flatMap(({ schema, kind }) => optionsIn(schema, `${parent}.`, kind?.const)),
  ];
}

/** The value that a field has if the file leaves it out. */
export function defaultOf(field: string): unknown {
  const steps = field.split('.');
  return steps.reduce<unknown>(
    (value, step) => (value as Record<string, unknown> | undefined)?.[step],
    defaultOptions,
  );
}
