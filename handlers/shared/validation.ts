import type * as z from 'zod/mini';

/** An event or a file of the run is not what the contract says. Never retried: it will not get better. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}

/**
 * The environment of the function lacks a variable that it needs. Never retried: it is a mistake of the
 * deployment.
 */
export class MissingSetting extends Error {
  override readonly name = 'MissingSetting';
}

/**
 * Returns the value as the schema describes it.
 * @param what - names the value in the error
 * @throws {@link InvalidInput} with every problem at once
 */
export function validated<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  what: string,
): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const found = issue.input === undefined ? 'nothing' : JSON.stringify(issue.input).slice(0, 100);
    return `${issue.path.join('.') || 'the whole'}: ${found} ${issue.message}`;
  });
  throw new InvalidInput(`${what} is not valid: ${problems.join('; ')}`);
}

/**
 * Reads environment variables.
 * @throws {@link MissingSetting} that names every variable that is not set
 */
export function settings<Name extends string>(...names: Name[]): Record<Name, string> {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new MissingSetting(`The environment of the function lacks ${missing.join(', ')}`);
  }
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Record<Name, string>;
}
