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
