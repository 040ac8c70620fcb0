import { getSystemErrorMap } from 'node:util';

/** Its message stands alone, with one line for each problem: files that the user wrote are not valid. */
export class InvalidInput extends Error {}

/** What Node.js calls a system error: the operating system refused a call. */
interface SystemError extends Error {
  readonly errno: number;
  readonly code: string;
  readonly syscall: string;
  /** Missing when a file was already open, as when a disk is full. */
  readonly path?: string;
  readonly dest?: string;
}

export function isSystemError(error: unknown): error is SystemError {
  return isError(error) && 'errno' in error && 'syscall' in error && 'code' in error;
}

/** Not with `instanceof`: errors of Node.js have another class in the tests. */
const isError = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'message' in error;

/** Why a system call failed, such as `no space left on device (ENOSPC)`. */
export function reasonOf({ errno, code, message }: SystemError): string {
  const [, reason] = getSystemErrorMap().get(errno) ?? [];
  // `rm` of Node.js 24 gives no code for a read-only disk.
  return reason === undefined || code === '' ? message.replace(/^.*error: /, '') : `${reason} (${code})`;
}

/** Names of errors that only a mistake in a program throws. */
const MISTAKES = ['TypeError', 'ReferenceError', 'RangeError', 'AssertionError'];

/**
 * What a command prints when it fails: one line that names the path and the reason, or the stack trace of a mistake in the
 * program.
 * @param place - what was written to or read from, when the error does not say
 */
export function errorText(error: unknown, place?: string): string {
  if (!isError(error)) return `error: ${String(error)}`;
  if (error instanceof InvalidInput) return error.message;
  if (isSystemError(error)) return `error: ${systemErrorText(error, place)}`;
  return MISTAKES.includes(error.name) ? (error.stack ?? error.message) : `error: ${error.message}`;
}

const verbs: Readonly<Record<string, string>> = {
  mkdir: 'create',
  mkdtemp: 'create',
  scandir: 'read',
  stat: 'read',
  lstat: 'read',
  copyfile: 'write to',
  // Nothing here asks whether a file can be read.
  access: 'write to',
  write: 'write to',
  unlink: 'remove',
  rmdir: 'remove',
  rm: 'remove',
};

function systemErrorText(error: SystemError, place?: string): string {
  const { syscall, path, dest } = error;
  if (syscall.startsWith('spawn')) return `cannot start ${path}: ${reasonOf(error)}`;
  const where = dest ?? path ?? place;
  return where === undefined
    ? error.message
    : `cannot ${verbs[syscall] ?? syscall} ${where}: ${reasonOf(error)}`;
}
