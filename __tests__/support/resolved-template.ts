/** Resolves a template of AWS CloudFormation: the functions that ours use, and no others. */

interface Template {
  Parameters?: Record<string, { Default?: string }>;
  Conditions?: Record<string, unknown>;
  Resources: Record<string, { Properties: Record<string, unknown> }>;
}

/** Nothing, in a list or an object. */
const NO_VALUE = Symbol('AWS::NoValue');

/** @returns the properties of a resource as its service gets them */
export function resolvedProperties(
  template: Template,
  resource: string,
  { account, parameters = {} }: { account: string; parameters?: Record<string, string> },
): Record<string, unknown> {
  const { Parameters = {}, Conditions = {} } = template;
  const values: Record<string, unknown> = { 'AWS::AccountId': account, 'AWS::NoValue': NO_VALUE };
  for (const [name, { Default }] of Object.entries(Parameters)) values[name] = parameters[name] ?? Default;

  const reference = (name: string) => {
    if (values[name] === undefined) throw new Error(`no value for ${name}`);
    return values[name];
  };
  const list = (value: unknown) => resolve(value) as unknown[];
  const functions: Record<string, (argument: unknown) => unknown> = {
    Ref: (name) => reference(name as string),
    'Fn::If': (argument) => {
      const [condition, value, otherwise] = argument as [string, unknown, unknown];
      return resolve(resolve(Conditions[condition]) === true ? value : otherwise);
    },
    'Fn::Not': (argument) => list(argument)[0] !== true,
    'Fn::Equals': (argument) => list(argument)[0] === list(argument)[1],
    'Fn::Select': (argument) => {
      const [index, items] = list(argument) as [number, string[]];
      return items[index];
    },
    'Fn::Split': (argument) => {
      const [delimiter, text] = list(argument) as [string, string];
      return text.split(delimiter);
    },
    'Fn::Join': (argument) => {
      const [delimiter, texts] = list(argument) as [string, string[]];
      return texts.join(delimiter);
    },
    'Fn::Sub': (argument) => {
      const [text, given] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, object];
      const own = resolve(given) as Record<string, string>;
      return text.replaceAll(
        /\$\{([\w:]+)\}/g,
        (_all, name: string) => own[name] ?? (reference(name) as string),
      );
    },
  };

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== NO_VALUE);
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    const known = functions[name];
    if (known && others.length === 0) return known(argument);
    if (/^(Fn::|Ref$|Condition$)/.test(name) && others.length === 0)
      throw new Error(`the resolver does not know ${name}`);
    const resolved = Object.entries(value).map(([key, inner]) => [key, resolve(inner)] as const);
    return Object.fromEntries(resolved.filter(([, inner]) => inner !== NO_VALUE));
  }

  return resolve(template.Resources[resource]?.Properties) as Record<string, unknown>;
}
