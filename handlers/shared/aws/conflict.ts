import { setTimeout } from 'node:timers/promises';

/**
 * What S3 answers to a conditional write that it refuses
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html). The two mean different things:
 * 412 says what the bucket has; 409 says only that another write is in progress, and that may still fail.
 */
const OVERTAKEN = ['PreconditionFailed'];
const RACES = [
  'ConditionalRequestConflict',
  // "A conflicting conditional operation is currently in progress against this resource. Try again."
  // (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html)
  'OperationAborted',
];

/** Attempts of a write that others get in the way of; between the last ones it waits almost a second. */
const ATTEMPTS = 6;

/** Wait after the first attempt, ms. It doubles each time. */
const FIRST_WAIT = 50;

const isNamed = (error: unknown, names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);

/** Whether an object exists that the write must not replace, or the object has another version than the write builds on. */
export const isOvertaken = (error: unknown): boolean => isNamed(error, OVERTAKEN);

/** Whether another write of the same object was in progress. Nothing is known about the object; AWS says to try again. */
export const isRace = (error: unknown): boolean => isNamed(error, RACES);

/**
 * Repeats a conditional write while others get in its way.
 * @param write - gets the number of the attempt, from 1
 * @param isRepeated - which errors are repeated; by default a race, after which the same write may succeed
 * @throws the error of the last attempt, or the first error that is not repeated
 */
export async function repeatedWrite<Result>(
  write: (attempt: number) => Promise<Result>,
  isRepeated: (error: unknown) => boolean = isRace,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write(attempt);
    } catch (error) {
      if (!isRepeated(error) || attempt === ATTEMPTS) throw error;
      await setTimeout(FIRST_WAIT * 2 ** (attempt - 1));
    }
  }
}
