/** The content of an environment file while it is edited, which may not be valid yet. */
import { isDeepStrictEqual } from 'node:util';
import { defaultOf } from '../support/option-list';

export type EnvironmentJson = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is EnvironmentJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param field - path, such as `schedule.hour` */
export function getField(json: EnvironmentJson, field: string): unknown {
  return field.split('.').reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), json);
}

/**
 * Sets a field, or removes it for `undefined`, and leaves all others unchanged. A default value is written only if the
 * file has the field already. An object that loses its last field is removed, and an object whose kind changes starts
 * empty, because kinds share no fields.
 */
export function setField(json: EnvironmentJson, field: string, value: unknown): EnvironmentJson {
  const current = getField(json, field);
  if (isDeepStrictEqual(current, value)) return json;
  const isNewDefault = current === undefined && isDeepStrictEqual(defaultOf(field), value);
  return setStep(json, field.split('.'), isNewDefault ? undefined : value);
}

function setStep(
  json: EnvironmentJson,
  [step = '', ...rest]: readonly string[],
  value: unknown,
): EnvironmentJson {
  const inner = json[step];
  const next = rest.length === 0 ? value : setStep(isObject(inner) ? inner : {}, rest, value);
  if (next === undefined || (isObject(next) && rest.length > 0 && Object.keys(next).length === 0)) {
    return Object.fromEntries(Object.entries(json).filter(([name]) => name !== step));
  }
  if (step === 'kind') return { kind: next };
  return { ...json, [step]: next };
}

/** Adds the default kind to each object that has other fields but no kind. */
export function addMissingKinds(json: EnvironmentJson): EnvironmentJson {
  const entries = Object.entries(json).map(([name, value]): [string, unknown] => {
    const kind = defaultOf(`${name}.kind`);
    const isMissing = kind !== undefined && isObject(value) && value.kind === undefined;
    return [name, isMissing ? { kind, ...value } : value];
  });
  return Object.fromEntries(entries);
}
