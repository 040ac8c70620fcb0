/** An environment file while it is asked for: plain JSON, changed by the path of a field. */
import { isDeepStrictEqual } from 'node:util';
import { Environment } from '../../constructs/environment/environment';

export type Draft = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function fieldOf(draft: Draft, field: string): unknown {
  return field.split('.').reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), draft);
}

/** The value that a field has when the file leaves it out. */
export function defaultOf(field: string): unknown {
  return fieldOf(Environment.parse({}), field);
}

/**
 * Sets a field, and keeps all others as they are. What is the default is left out of a file that did not say it; an
 * object that loses its last field goes; and an object of another kind begins anew, since kinds share no fields.
 */
export function withField(draft: Draft, field: string, value: unknown): Draft {
  if (isDeepStrictEqual(fieldOf(draft, field), value)) return draft;
  const said = fieldOf(draft, field) !== undefined;
  const kept = said || !isDeepStrictEqual(defaultOf(field), value) ? value : undefined;
  return set(draft, field.split('.'), kept);
}

function set(at: Draft, [step = '', ...rest]: readonly string[], value: unknown): Draft {
  const inner = at[step];
  const next = rest.length === 0 ? value : set(isObject(inner) ? inner : {}, rest, value);
  if (next === undefined || (isObject(next) && rest.length > 0 && Object.keys(next).length === 0)) {
    return Object.fromEntries(Object.entries(at).filter(([name]) => name !== step));
  }
  if (step === 'kind') return { kind: next };
  return { ...at, [step]: next };
}

/** A part of an object with kinds cannot stand without its kind. */
export function withKinds(draft: Draft): Draft {
  const complete = Object.entries(draft).map(([name, value]) => {
    const kind = defaultOf(`${name}.kind`);
    const lacks = kind !== undefined && isObject(value) && value.kind === undefined;
    return [name, lacks ? { kind, ...value } : value];
  });
  return Object.fromEntries(complete) as Draft;
}
