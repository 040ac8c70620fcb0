/** What the fields of a variable are held to, as validations of Terraform with the messages of environment files. */
import { tagValidations } from '../../constructs/report-role/variable-validations';
import { validateEnvironment } from '../../constructs/environment/problems';
import { FIELDS_LEFT_OUT, type Option, inSnakeCase, isObject, quoted, valueOf } from './option';

export interface Validation {
  readonly condition: string;
  /** Expression of a text. */
  readonly message: string;
}

/** Where a value is. */
interface Place {
  /** In an environment; `0` is an item of a list. */
  readonly path: readonly string[];
  /** Expression of Terraform. */
  readonly expression: string;
  /** Items of a list are never null. */
  readonly isItem?: boolean;
  /** An environment that has a value there. */
  readonly environmentWith: (value: unknown) => unknown;
}

interface Limit {
  readonly condition: string;
  /** Where the problem of {@link wrong} is told. */
  readonly path: readonly string[];
  /** An environment that breaks it. */
  readonly wrong: unknown;
  /** The variable or the field, as the message names it. */
  readonly subject: string;
  /** Expression of a list of the values that break it, if there are several values. */
  readonly broken?: string;
}

/** @throws if an environment file would be told nothing: then a limit would be one of the module alone */
export function validationsOf(name: string, option: Option): Validation[] {
  if (name === 'tags')
    return tagValidations(name).map(({ condition, errorMessage }) => ({
      condition: String(condition).slice(2, -1),
      message: quoted(`${errorMessage}.`),
    }));
  const place: Place = {
    path: [name],
    expression: `var.${inSnakeCase(name)}`,
    environmentWith: (value) => ({ [name]: value }),
  };
  return limitsOf(option, place).map((limit) => ({ condition: limit.condition, message: messageOf(limit) }));
}

function limitsOf(option: Option, place: Place): Limit[] {
  if (isObject(option))
    return kindsOf(option).flatMap(([name, field, kind]) => limitsOfField(name, field, kind, place));
  if (option.type === 'array') return limitsOfList(option, place);
  if (option.propertyNames) return limitsOfMap(option, place);
  return testsOf(option, place.expression).map(({ condition, wrong }) => ({
    condition: place.isItem ? condition : `try(${place.expression}, null) == null ? true : ${condition}`,
    ...{ path: place.path, subject: named(place), wrong: place.environmentWith(wrong) },
  }));
}

/** Every field, with the kind of the object that has it, if objects are of several. */
function kindsOf({ properties = {}, oneOf = [] }: Option): [name: string, field: Option, kind?: string][] {
  const kinds = oneOf.flatMap((one) => one.properties?.kind?.const ?? []);
  const fields = new Map<string, [string, Option, string?]>();
  if (kinds.length > 0) fields.set('kind', ['kind', { type: 'string', enum: kinds }]);
  for (const [name, field] of Object.entries(properties)) fields.set(name, [name, field]);
  for (const one of oneOf)
    for (const [name, field] of Object.entries(one.properties ?? {}))
      if (!fields.has(name)) fields.set(name, [name, field, one.properties?.kind?.const]);
  return [...fields.values()];
}

function limitsOfField(name: string, field: Option, kind: string | undefined, place: Place): Limit[] {
  const path = [...place.path, name];
  if (FIELDS_LEFT_OUT.includes(path.filter((part) => part !== '0').join('.'))) return [];
  return limitsOf(field, {
    path,
    expression: `${place.expression}.${inSnakeCase(name)}`,
    environmentWith: (value) => place.environmentWith({ ...(kind !== undefined && { kind }), [name]: value }),
  });
}

function limitsOfList({ items = {}, minItems }: Option, place: Place): Limit[] {
  const list = `try(${place.expression}, null)`;
  const here = { path: place.path, subject: named(place) };
  const ofItems = limitsOf(items, {
    path: [...place.path, '0'],
    expression: 'item',
    isItem: true,
    environmentWith: (value) => place.environmentWith([value]),
  }).map((limit) => ({
    ...limit,
    condition: `alltrue([for item in coalesce(${list}, []) : ${limit.condition}])`,
    subject: limit.subject.replace(/^item/, named(place)),
    ...(!isObject(items) && {
      broken: `[for item in coalesce(${list}, []) : item if !(${limit.condition})]`,
    }),
  }));
  const least =
    minItems === undefined
      ? []
      : [
          {
            ...here,
            condition: `${list} == null ? true : length(${list}) >= ${minItems}`,
            wrong: place.environmentWith([]),
          },
        ];
  if (isObject(items)) return [...ofItems, ...least];
  const distinct = `length(distinct(coalesce(${list}, []))) == length(coalesce(${list}, []))`;
  return [...ofItems, ...least, { ...here, condition: distinct, wrong: place.environmentWith(twice(items)) }];
}

/** A list with a value twice; only if there are few values, it has to be one of them. */
const twice = ({ enum: [value = '?'] = [] }: Option): string[] => [value, value];

function limitsOfMap({ propertyNames = {}, additionalProperties: values }: Option, place: Place): Limit[] {
  const [name = ''] = propertyNames.enum ?? [];
  const [ofNames] = testsOf(propertyNames, 'item');
  const [ofValues] = values ? testsOf(values, 'item') : [];
  return [
    ...(ofNames
      ? [
          {
            condition: `alltrue([for item in keys(${place.expression}) : ${ofNames.condition}])`,
            path: place.path,
            subject: named(place),
            wrong: place.environmentWith({ [ofNames.wrong]: '' }),
          },
        ]
      : []),
    ...(ofValues
      ? [
          {
            condition: `alltrue([for item in values(${place.expression}) : ${ofValues.condition}])`,
            path: [...place.path, name],
            subject: `each value in ${named(place)}`,
            wrong: place.environmentWith({ [name]: ofValues.wrong }),
          },
        ]
      : []),
  ];
}

const named = ({ expression }: Place) => expression.replace(/^var\./, '');

interface Test {
  readonly condition: string;
  /** A value that breaks it. */
  readonly wrong: string | number;
}

function testsOf(option: Option, value: string): Test[] {
  if (option.enum) return [{ condition: `contains(${valueOf(option.enum)}, ${value})`, wrong: '?' }];
  if (option.minimum !== undefined && option.maximum !== undefined)
    return [
      {
        condition: `${value} >= ${option.minimum} && ${value} <= ${option.maximum} && floor(${value}) == ${value}`,
        wrong: option.maximum + 1,
      },
    ];
  if (option.minimum !== undefined || option.maximum !== undefined)
    throw new Error(`No validation for one of minimum and maximum: ${JSON.stringify(option)}`);
  const patterns = [option, ...(option.allOf ?? [])].flatMap(({ pattern }) => pattern ?? []);
  return patterns.map((pattern) => ({
    condition: matches(pattern, value),
    wrong: wrongFor(pattern, patterns),
  }));
}

/** Values of which every pattern refuses one. */
const WRONG = ['?', '\n', 'iam-credential-reports-deploy', 'reports-an'];

/** A value that only this pattern refuses. */
function wrongFor(pattern: string, patterns: readonly string[]): string {
  const accepts = (one: string, value: string) => new RegExp(one, 'u').test(value);
  const wrong = WRONG.find((value) => patterns.every((one) => accepts(one, value) === (one !== pattern)));
  if (wrong === undefined) throw new Error(`No value in WRONG is refused by ${pattern} alone`);
  return wrong;
}

/** Terraform's patterns cannot look ahead: each of what a pattern looks for at the beginning is a condition of its own. */
function matches(pattern: string, value: string): string {
  const [, suffix] = /^\(\?<!([\w-]+)\)\$$/.exec(pattern) ?? [];
  if (suffix !== undefined) return `!endswith(${value}, ${quoted(suffix)})`;
  const conditions: string[] = [];
  let rest = pattern.replace(/^\^/, '').replaceAll('\\/', '/');
  while (/^\(\?[=!]/.test(rest)) {
    const end = endOfGroup(rest);
    conditions.push(
      `${rest.startsWith('(?!') ? '!' : ''}can(regex(${quoted(`^(?:${rest.slice(3, end)})`)}, ${value}))`,
    );
    rest = rest.slice(end + 1);
  }
  if (rest !== '') conditions.push(`can(regex(${quoted(`^${rest}`)}, ${value}))`);
  return conditions.join(' && ');
}

/** The index of the parenthesis that closes the first one. */
function endOfGroup(pattern: string): number {
  let depth = 0;
  for (const { 0: token, index } of pattern.matchAll(/\\.|\[(?:\\.|[^\]])*\]|[()]/g)) {
    if (token === '(') depth++;
    else if (token === ')' && --depth === 0) return index;
  }
  throw new Error(`${pattern} has a group without an end`);
}

/** What an environment file would be told about a value, with the name of the variable. */
function messageOf({ path, wrong, subject, broken }: Limit): string {
  const validated = validateEnvironment(wrong);
  const field = path.join('.');
  const problem = 'problems' in validated ? validated.problems.find((one) => one.field === field) : undefined;
  if (!problem)
    throw new Error(`An environment file is told nothing about ${field}: ${JSON.stringify(wrong)}`);
  const text = problem.text
    .replace(field, subject)
    .replace(/, not "\?"/, '')
    .replace(/; got [\s\S]*$/, '');
  if (broken === undefined) return quoted(`${text}.`);
  return quoted(`${text}; got `).replace(/"$/, () => `\${join(", ", ${broken})}."`);
}
