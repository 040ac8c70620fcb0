/** A quota of Step Functions that the interpreter does not have. */

/** Most bytes of an input or a result (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
const MAX_PAYLOAD_BYTES = 256 * 1024;

/** Step Functions never retries it, and `States.ALL` does not match it. */
const DATA_LIMIT_EXCEEDED = 'States.DataLimitExceeded';

/** Comes before the retriers of every state: in the interpreter, `States.ALL` matches this error too. */
export const neverForDataLimit = { ErrorEquals: [DATA_LIMIT_EXCEEDED], MaxAttempts: 0 };

/** @throws the error with which an execution fails that passes too much */
export function assertWithinLimit(state: string, direction: 'input' | 'result', value: unknown): void {
  const bytes = Buffer.byteLength(JSON.stringify(value ?? null));
  if (bytes <= MAX_PAYLOAD_BYTES) return;
  const error = new Error(
    `The ${direction} of state ${state} has ${bytes} bytes; the limit is ${MAX_PAYLOAD_BYTES} bytes`,
  );
  error.name = DATA_LIMIT_EXCEEDED;
  throw error;
}
