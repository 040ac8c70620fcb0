/**
 * The result of a promise, unless the signal is aborted first.
 * @param errorOf - what it rejects with when aborted; by default, the reason of the signal
 */
export async function unlessAborted<Result>(
  signal: AbortSignal | undefined,
  result: Promise<Result>,
  errorOf = () => signal?.reason as Error,
): Promise<Result> {
  if (!signal) return result;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => {
    reject(errorOf());
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([result, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
