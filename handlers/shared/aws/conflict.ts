import { setTimeout } from 'node:timers/promises';

/** Errors that S3 returns when a condition on the current object does not hold, or another write is in progress. */
const conflicts = ['PreconditionFailed', 'ConditionalRequestConflict'];

/** Attempts of a write that others get in the way of; between the last ones it waits almost a second. */
const ATTEMPTS = 6;

/** Wait after the first attempt, ms. It doubles each time. */
const FIRST_WAIT = 50;

/** Whether S3 refused a write because the object is not in the state that the write requires. */
export const isConflict = (error: unknown): boolean =>
  error instanceof Error && conflicts.includes(error.name);

/**
 * Repeats a conditional write while it conflicts with others: one that is in progress may still fail, so a conflict does
 * not say that the object exists.
 * @param write - gets the number of the attempt, from 1
 * @throws the error of the last attempt, or the first error that is not a conflict
 */
export async function withoutConflict<Result>(write: (attempt: number) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write(attempt);
    } catch (error) {
      if (!isConflict(error) || attempt === ATTEMPTS) throw error;
      await setTimeout(FIRST_WAIT * 2 ** (attempt - 1));
    }
  }
}
