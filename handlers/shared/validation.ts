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
    const found = issue.input === undefined ? 'nothing' : JSON.stringify(issue.input).slice(0, MAX_QUOTED);
    return `${issue.path.join('.') || 'the whole value'}: ${found} ${issue.message}`;
  });
  throw new InvalidInput(`${what} is not valid: ${problems.join('; ')}`);
}
