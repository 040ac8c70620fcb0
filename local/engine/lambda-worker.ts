/**
 * Runs in a worker thread of a function: loads the bundle as AWS Lambda's Node.js runtime would and calls its
 * handler. Returns errors as the object that the runtime would return.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import timers from 'node:timers/promises';
import { trustBundle } from '../aws-configuration/ca-bundle';
import { useProxy } from './proxied-agents';
import { shiftClock } from './shifted-clock';

export interface Invocation {
  event: unknown;
  timeoutSeconds: number;
  credentials: Record<string, string>;
}

export type Invoked = { payload: unknown } | { error: { errorType: string; errorMessage: string } };

type Handler = (event: unknown, context: { getRemainingTimeInMillis: () => number }) => Promise<unknown>;

const {
  LAMBDA_TASK_ROOT = '',
  LOG_FILE = '',
  WAIT_SECONDS = '',
  CLOCK_BEHIND = '0',
  _HANDLER = '',
} = process.env;
const [module = '', name = ''] = _HANDLER.split('.');

useProxy(process.env);
trustBundle(process.env);

shiftClock(-Number(CLOCK_BEHIND));

const { setTimeout: pause } = timers;
// The pauses of a function take as long as those of the state machine.
if (WAIT_SECONDS !== '')
  timers.setTimeout = (_ms, value, options) => pause(Number(WAIT_SECONDS) * 1000, value, options);

// The standard output of a function is its log.
process.stdout.write = (text: string | Uint8Array) => {
  appendFileSync(LOG_FILE, text);
  return true;
};
console.log = (line: string) => process.stdout.write(`${line}\n`);

/** The timeout starts when the function starts, not when it is invoked: it may have to wait for a worker. */
export default async function invoke({ event, timeoutSeconds, credentials }: Invocation): Promise<Invoked> {
  Object.assign(process.env, credentials);
  const deadline = Date.now() + timeoutSeconds * 1000;
  const context = { getRemainingTimeInMillis: () => deadline - Date.now() };
  const timer = new AbortController();
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the path of the bundle is known when the worker starts
    const exported = require(join(LAMBDA_TASK_ROOT, module)) as Record<string, Handler | undefined>;
    const payload = await Promise.race([
      exported[name]?.(event, context),
      timedOut(timeoutSeconds, timer.signal),
    ]);
    return { payload: JSON.parse(JSON.stringify(payload ?? null)) as unknown };
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error;
    return { error: { errorType, errorMessage } };
  } finally {
    timer.abort();
  }
}

async function timedOut(seconds: number, signal: AbortSignal): Promise<never> {
  await pause(seconds * 1000, undefined, { signal });
  throw Object.assign(new Error(`Task timed out after ${seconds} seconds`), { name: 'Sandbox.Timedout' });
}
