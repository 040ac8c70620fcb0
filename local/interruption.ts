/**
 * The result of a promise, unless the signal is aborted first.
 * @param error - what it rejects with when aborted
 * @default - the reason of the signal
 */
export async function unlessAborted<Result>(
  signal: AbortSignal | undefined,
  result: Promise<Result>,
  error?: Error,
): Promise<Result> {
  if (!signal) return result;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => {
    reject(error ?? (signal.reason as Error));
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([result, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
