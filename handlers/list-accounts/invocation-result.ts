import type { InvokeCommandOutput } from '@aws-sdk/client-lambda';

/**
 * What a function returned.
 * @throws if it failed; the error that it ended with is in its own log
 */
export function resultOf({ FunctionError, Payload }: InvokeCommandOutput): unknown {
  const text = Payload?.transformToString() ?? '';
  if (FunctionError !== undefined) throw new Error(`The function failed (${FunctionError})`);
  return JSON.parse(text);
}
