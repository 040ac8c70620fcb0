import type * as z from 'zod/mini';
import type { PermanentError } from './permanent-errors';

/** An event, or a file of the run, does not have the documented format. Never retried: it will not change. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput' satisfies PermanentError;
}

/** Longest part of a wrong value that an error quotes, characters. */
const MAX_QUOTED = 100;

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
    const where = issue.path.join('.') || 'the whole value';
    if (issue.code === 'unrecognized_keys') return `${where} has unknown fields: ${issue.keys.join(', ')}`;
    if (issue.input === undefined) return `${where} is missing`;
    // Without a locale, which the bundles leave out, Zod says only this of a wrong type.
    const problem = issue.message === 'Invalid input' ? 'is not valid' : issue.message;
    return `${where}: ${JSON.stringify(issue.input).slice(0, MAX_QUOTED)} ${problem}`;
  });
  throw new InvalidInput(`${what} is not valid: ${problems.join('; ')}`);
}
