/** The variables of the module: the options of an environment, with the same descriptions, defaults and limits. */
import { problemsOfName } from '../../constructs/environment/problems';
import { type Validation, validationsOf } from './limits';
import {
  FIELDS_LEFT_OUT,
  LEFT_OUT,
  type Option,
  fieldsOf,
  inSnakeCase,
  isObject,
  options,
  quoted,
  valueOf,
  withVariables,
} from './option';

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

/** All variables. */
export const variables = (): Variable[] => [
  nameVariable(),
  ...Object.entries(options)
    .filter(([name]) => !LEFT_OUT.includes(name))
    .map(([name, option]) => variable(name, option)),
];

/**
 * Options of which the module would have a variable in vain.
 * @param text - of everything that may use variables
 */
export const unusedVariables = (text: string): string[] =>
  Object.entries(options)
    .filter(([name]) => !LEFT_OUT.includes(name))
    .flatMap(([name, option]) => {
      const variable = `var.${inSnakeCase(name)}`;
      const fields = isObject(option) ? fieldsOf(option) : [];
      return fields.length === 0
        ? [variable]
        : fields
            .filter(([field]) => !FIELDS_LEFT_OUT.includes(`${name}.${field}`))
            .map(([field]) => `${variable}.${inSnakeCase(field)}`);
    })
    .filter((variable) => !new RegExp(`${variable.replaceAll('.', '\\.')}\\b`).test(text));

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
  description: descriptionOf(name, option),
  type: typeOf(option, name),
  default: valueOf(defaultOf(option)),
  isNullable: option.default === undefined,
  validations: validationsOf(name, option),
});

/** Objects have their defaults in their types. */
const defaultOf = (option: Option) =>
  isObject(option) && option.default !== undefined ? {} : (option.default ?? null);

/** Descriptions of fields, and of the kinds of an object, follow that of the object: Terraform has none for them. */
function descriptionOf(name: string, option: Option): string {
  const fields = fieldsOf(option)
    .filter(([field]) => field !== 'kind' && !FIELDS_LEFT_OUT.includes(`${name}.${field}`))
    .map(([field, { description = '' }]) => `\`${inSnakeCase(field)}\`: ${description}`);
  const kinds = FIELDS_LEFT_OUT.includes(`${name}.kind`)
    ? []
    : (option.oneOf ?? []).flatMap(({ properties }) =>
        properties?.kind ? [`\`kind = "${properties.kind.const}"\`: ${properties.kind.description}`] : [],
      );
  return withVariables([option.description ?? '', ...kinds, ...fields].join(' '));
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
