/** The schema of environment files, as far as variables are made of it. */
import schema from '../../environments/schema.json';

/** As JSON Schema describes an option. */
export interface Option {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly allOf?: readonly Option[];
  readonly propertyNames?: Option;
  readonly additionalProperties?: Option | false;
  readonly items?: Option;
  readonly properties?: Readonly<Record<string, Option>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Option[];
}

/** Fields of options that the module does not have. */
export const FIELDS_LEFT_OUT = [
  'checks.exemptionsFile',
  'bucket.kind',
  'bucket.accountId',
  'checks.exemptions.accountTag',
];

/** The name of an option as Terraform's names are written. */
export const inSnakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const isObject = (option: Option) => option.properties !== undefined || option.oneOf !== undefined;

/** Fields of every kind of an option, of which each is described where it is first. */
export function fieldsOf({ properties = {}, oneOf = [] }: Option): [string, Option][] {
  const fields = new Map(Object.entries(properties));
  for (const kind of oneOf)
    for (const [name, field] of Object.entries(kind.properties ?? {}))
      if (!fields.has(name)) fields.set(name, field);
  return [...fields];
}

export function valueOf(value: unknown): string {
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? quoted(value) : String(value);
  if (Array.isArray(value)) return `[${value.map(valueOf).join(', ')}]`;
  const fields = Object.entries(value).map(([name, field]) => `${inSnakeCase(name)} = ${valueOf(field)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

export const quoted = (text: string) => JSON.stringify(text).replaceAll(/([$%])\{/g, '$1$1{');

/** Options that the module does not have; docs/module.md says why. */
export const OPTIONS_WITHOUT_VARIABLE = [
  'allowDestroy',
  'readers',
  'scale',
  'allowAdministratorRole',
] as const;
export const LEFT_OUT: readonly string[] = [
  '$schema',
  'region',
  'backend',
  'loggingAccount',
  ...OPTIONS_WITHOUT_VARIABLE,
];
export const options = schema.properties as unknown as Readonly<Record<string, Option>>;

/** A text in which options have the names of variables. */
export const withVariables = (text: string): string =>
  text.replaceAll(/`([a-z]\w*)([\w.]*)`/gi, (all, option: string, fields: string) =>
    (option in options || fieldNames.has(option)) && !LEFT_OUT.includes(option)
      ? `\`${inSnakeCase(option + fields)}\``
      : all,
  );

/** Names of the fields of all options. */
const fieldNames = new Set(
  Object.values(options).flatMap((option) => fieldsOf(option).map(([name]) => name)),
);
