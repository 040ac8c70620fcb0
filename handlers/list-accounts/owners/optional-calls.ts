import { inOneLine, withoutMiddle } from '../../shared/excerpt';

/** What became of calls without which a run is complete all the same. */

export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));

/** The end of the listing ended the call. */
export const isAborted = (error: unknown): boolean => nameOf(error) === 'AbortError';

/** Every other call would be refused too. Organizations and the Tagging API name it in these two ways. */
export const isRefused = (error: unknown): boolean =>
  ['AccessDenied', 'AccessDeniedException'].includes(nameOf(error));

/** The error in one line. */
export const problemOf = (error: unknown): string =>
  error instanceof Error && error.message !== ''
    ? withoutMiddle(inOneLine(error.message), 300)
    : nameOf(error);

/**
 * What failed calls leave unknown; nothing if none failed.
 * @param failures - the names of their errors
 */
export const failureNotes = (about: string, call: string, failures: readonly string[]): string[] =>
  failures
    .slice(0, 1)
    .map((first) => `${about}: ${failures.length} of the calls of ${call} failed, the first with ${first}`);
