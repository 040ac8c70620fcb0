/**
 * Errors that tell that a file is damaged, gone or forbidden, or has been encrypted or archived by somebody, so that it
 * cannot be read whenever it is tried. After any other error, AWS Step Functions tries again.
 */
const PERMANENT = [
  'InvalidInput',
  'SyntaxError',
  'NoSuchKey',
  'NoSuchVersion',
  // Also the answer for an object or version that is gone, to a function that may not list the whole bucket.
  'AccessDenied',
  // The version is a delete marker, or the ID is one that no version can have.
  'MethodNotAllowed',
  'InvalidArgument',
  // The object has been encrypted with a key of the client, or archived.
  'InvalidRequest',
  'InvalidObjectState',
  'KMS.DisabledException',
  'KMS.NotFoundException',
  'KMS.KMSInvalidStateException',
];

/** Whether an error would occur again, because of the file that was read. */
export const isDamaged = (error: unknown): error is Error =>
  error instanceof Error && PERMANENT.includes(error.name);

/** What was read, or what says that it cannot be read. */
export async function unlessDamaged<Result>(
  read: () => Promise<Result>,
  otherwise: (error: Error) => Result,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!isDamaged(error)) throw error;
    return otherwise(error);
  }
}
