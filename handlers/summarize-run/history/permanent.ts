/** Errors that say that a file is damaged, gone or forbidden. After any other, AWS Step Functions tries again. */
const PERMANENT = ['InvalidInput', 'SyntaxError', 'NoSuchKey', 'AccessDenied'];

/** Whether reading a file again would fail in the same way. */
export const isPermanent = (error: unknown): error is Error =>
  error instanceof Error && PERMANENT.includes(error.name);
