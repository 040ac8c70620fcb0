/** The variables of the module: the options of an environment, with the same descriptions, defaults and limits. */
import { problemsOfName, validateEnvironment } from '../../constructs/environment/problems';
import schema from '../../environments/schema.json';

/** As JSON Schema describes an option. */
interface Option {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Option;
  readonly properties?: Readonly<Record<string, Option>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Option[];
}

/** Options that the module does not have; docs/module.md says why. */
const LEFT_OUT = [
  '$schema',
  'region',
  'backend',
  'allowDestroy',
  'loggingAccount',
  'readers',
  'scale',
  'allowAdministratorRole',
];
/** Fields of options that the module does not have. */
const FIELDS_LEFT_OUT = [
  'checks.exemptionsFile',
  'bucket.kind',
  'bucket.accountId',
  'checks.exemptions.accountTag',
];

const options = schema.properties as unknown as Readonly<Record<string, Option>>;

/** The name of an option as Terraform's names are written. */
const inSnakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A variable of the module; expressions are as Terraform writes them. */
export interface Variable {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  /** Undefined if callers have to give a value. */
  readonly default: string | undefined;
  /** Whether null stands for no value, rather than for the default. */
  readonly isNullable: boolean;
  readonly validations: readonly Validation[];
}

interface Validation {
  readonly condition: string;
  readonly message: string;
}

/** All variables. */
export const variables = (): Variable[] => [
  nameVariable(),
  ...Object.entries(options)
    .filter(([name]) => !LEFT_OUT.includes(name))
    .map(([name, option]) => variable(name, option)),
];

export function variableBlock(one: Variable): string {
  const lines = [
    `  description = ${quoted(one.description)}`,
    `  type        = ${one.type}`,
    ...(one.default === undefined ? [] : [`  default     = ${one.default}`]),
    ...(one.isNullable ? [] : ['  nullable    = false']),
  ];
  const validations = one.validations.map(
    ({ condition, message }) =>
      `\n  validation {\n    condition     = ${condition}\n    error_message = ${message}\n  }\n`,
  );
  return `variable "${one.name}" {\n${lines.join('\n')}\n${validations.join('')}}\n`;
}

/** The name of an environment, as far as Terraform's patterns can say what it is. */
function nameVariable(): Variable {
  const [{ text } = { text: '' }] = problemsOfName('?');
  const reserved =
    '!contains(["report-role", "schema"], var.name) && !endswith(var.name, "-alerts") && !endswith(var.name, "-signing")';
  const pattern = 'can(regex("^[a-z][a-z0-9-]{0,22}[a-z0-9]$", var.name))';
  return {
    name: 'name',
    description:
      'Name of the deployment, which is part of the name of every resource: two in one account need different ones.',
    type: 'string',
    default: undefined,
    isNullable: false,
    validations: [
      {
        condition: `${pattern} && ${reserved}`,
        message: quoted(text.replace('the name of the environment', 'name').replace(/; got .*$/, '.')),
      },
    ],
  };
}

/** The settings of checks as the functions get them, of the variable. */
export function checksExpression(): string {
  const { properties = {} } = options.checks ?? {};
  const { exemptions, machines } = properties;
  const fields = Object.keys(properties).filter(
    (name) => !['exemptions', 'machines', 'exemptionsFile'].includes(name),
  );
  const given = (object: string, from: Option | undefined) => {
    const names = Object.keys(from?.properties ?? {}).filter((name) => name !== 'accountTag');
    const pairs = names.map((name) => `${name} = ${object}.${inSnakeCase(name)}`);
    return `{ for name, value in { ${pairs.join(', ')} } : name => value if value != null }`;
  };
  return [
    '{',
    ...fields.map((name) => `    ${name} = var.checks.${inSnakeCase(name)}`),
    `    machines = ${given('var.checks.machines', machines)}`,
    `    exemptions = [for one in var.checks.exemptions : ${given('one', exemptions?.items)}]`,
    '  }',
  ].join('\n');
}

const variable = (name: string, option: Option): Variable => ({
  name: inSnakeCase(name),
  description: descriptionOf(option),
  type: typeOf(option, name),
  default: valueOf(defaultOf(option)),
  isNullable: option.default === undefined,
  validations: validations(name, option),
});

const isObject = (option: Option) => option.properties !== undefined || option.oneOf !== undefined;

/** Objects have their defaults in their types. */
const defaultOf = (option: Option) =>
  isObject(option) && option.default !== undefined ? {} : (option.default ?? null);

/** Descriptions of fields follow that of the object: Terraform has none for them. */
function descriptionOf(option: Option): string {
  const fields = fieldsOf(option).map(
    ([name, { description = '' }]) => `\`${inSnakeCase(name)}\`: ${description}`,
  );
  return withVariables([option.description ?? '', ...fields].join(' '));
}

/** A text in which options have the names of variables. */
const withVariables = (text: string): string =>
  text.replaceAll(/`([a-z]\w*)([\w.]*)`/gi, (all, option: string, fields: string) =>
    option in options && !LEFT_OUT.includes(option) ? `\`${inSnakeCase(option + fields)}\`` : all,
  );

/** Fields of every kind of an option, of which each is described where it is first. */
function fieldsOf({ properties = {}, oneOf = [] }: Option): [string, Option][] {
  const fields = new Map(Object.entries(properties));
  for (const kind of oneOf)
    for (const [name, field] of Object.entries(kind.properties ?? {}))
      if (!fields.has(name)) fields.set(name, field);
  return [...fields];
}

function typeOf(option: Option, path: string): string {
  if (isObject(option)) {
    const required = option.required ?? [];
    const fields = fieldsOf(option)
      .filter(([name]) => !FIELDS_LEFT_OUT.includes(`${path}.${name}`))
      .map(([name, field]) => {
        const type = typeOf(field, `${path}.${name}`);
        const isRequired = required.includes(name) && option.default === undefined;
        const value = defaultOfField(option, name, field);
        return `${inSnakeCase(name)} = ${isRequired ? type : `optional(${type}${value === null ? '' : `, ${valueOf(value)}`})`}`;
      });
    return `object({ ${fields.join(', ')} })`;
  }
  if (option.type === 'array') return `list(${typeOf(option.items ?? {}, path)})`;
  if (option.type === 'object') return 'map(string)';
  if (option.type === 'integer' || option.type === 'number') return 'number';
  return option.type === 'boolean' ? 'bool' : 'string';
}

/** The default of an object may have that of its field. */
function defaultOfField(option: Option, name: string, field: Option): unknown {
  const ofObject = (option.default as Readonly<Record<string, unknown>> | undefined)?.[name];
  return ofObject ?? defaultOf(field);
}

function valueOf(value: unknown): string {
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? quoted(value) : String(value);
  if (Array.isArray(value)) return `[${value.map(valueOf).join(', ')}]`;
  const fields = Object.entries(value).map(([name, field]) => `${inSnakeCase(name)} = ${valueOf(field)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

const quoted = (text: string) => JSON.stringify(text).replaceAll(/([$%])\{/g, '$1$1{');

/** What each field is held to, with the message of environment files. */
const validations = (name: string, option: Option): Validation[] =>
  limitsOf(option, [name]).flatMap(({ path, condition, wrong }) => {
    const message = messageOf(path, wrong);
    return message === undefined ? [] : [{ condition, message }];
  });

interface Limit {
  readonly path: readonly string[];
  readonly condition: string;
  /** A value that breaks it. */
  readonly wrong: unknown;
}

function limitsOf(option: Option, path: readonly string[]): Limit[] {
  const value = `var.${path.map(inSnakeCase).join('.')}`;
  if (isObject(option))
    return fieldsOf(option).flatMap(([name, field]) =>
      FIELDS_LEFT_OUT.includes([...path, name].join('.'))
        ? []
        : limitsOf(withEveryKind(option, name, field), [...path, name]),
    );
  const test = testOf(option, value);
  if (test)
    return [{ path, condition: `try(${value}, null) == null ? true : ${test.condition}`, wrong: test.wrong }];
  const ofItem = option.type === 'array' && option.items ? testOf(option.items, 'item') : undefined;
  if (!ofItem) return [];
  const condition = `alltrue([for item in coalesce(try(${value}, null), []) : ${ofItem.condition}])`;
  return [{ path: [...path, '0'], condition, wrong: ofItem.wrong }];
}

/** The field of a discriminated object that says its kind. */
function withEveryKind({ oneOf = [] }: Option, name: string, field: Option): Option {
  const kinds = oneOf.flatMap(({ properties }) => properties?.[name]?.const ?? []);
  return kinds.length > 0 ? { type: 'string', enum: kinds } : field;
}

function testOf(option: Option, value: string): { condition: string; wrong: unknown } | undefined {
  if (option.enum) return { condition: `contains(${valueOf(option.enum)}, ${value})`, wrong: '?' };
  if (option.minimum !== undefined && option.maximum !== undefined)
    return {
      condition: `${value} >= ${option.minimum} && ${value} <= ${option.maximum} && floor(${value}) == ${value}`,
      wrong: option.maximum + 1,
    };
  // Terraform's patterns cannot look ahead.
  if (option.pattern !== undefined && !option.pattern.includes('(?!') && !option.pattern.includes('(?='))
    return {
      condition: `can(regex(${quoted(option.pattern.replaceAll('\\/', '/'))}, ${value}))`,
      wrong: '?',
    };
  return undefined;
}

/** What an environment file would be told about a value, with the value of the variable. */
function messageOf(path: readonly string[], wrong: unknown): string | undefined {
  const content = path.reduceRight<unknown>(
    (inner, name) => (name === '0' ? [inner] : { [name]: inner }),
    wrong,
  );
  const validated = validateEnvironment(content);
  const field = path.join('.');
  const problem = 'problems' in validated ? validated.problems.find((one) => one.field === field) : undefined;
  if (!problem) return undefined;
  const text = problem.text.replace(
    field,
    path
      .filter((name) => name !== '0')
      .map(inSnakeCase)
      .join('.'),
  );
  return quoted(text.replace(/; got .*$/, '.'));
}
