import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client, InitializeMiddleware, MetadataBearer } from '@smithy/types';

/**
 * The signal that ends the calls of some work. The SDK takes one with each call too, but then it builds its stack of
 * middleware anew for each call, which is 7 % of the CPU time of an account.
 */
const signals = new AsyncLocalStorage<AbortSignal>();

/** The signal of the current work, if any. */
export const workSignal = (): AbortSignal | undefined => signals.getStore();

/** Does some work, whose calls end when the signal is aborted, or that of the work around it. */
export function withSignal<Result>(signal: AbortSignal | undefined, work: () => Result): Result {
  if (!signal) return work();
  const outer = workSignal();
  return signals.run(outer ? AbortSignal.any([outer, signal]) : signal, work);
}

/**
 * Makes the calls of a client end with the current work, also while the SDK waits before another attempt, up to seven seconds.
 * What is left of a call ends in `http-handler.ts`, which sends nothing for work that has ended.
 */
export function endWithWork<
  Input extends object,
  Output extends MetadataBearer,
  Of extends Pick<Client<Input, Output, unknown>, 'middlewareStack'>,
>(client: Of): Of {
  const middleware: InitializeMiddleware<Input, Output> = (next) => (args) => unlessAborted(next(args));
  client.middlewareStack.add(middleware, { step: 'initialize', name: 'endWithWork', override: true });
  return client;
}

function unlessAborted<Result>(call: Promise<Result>): Promise<Result> {
  const signal = workSignal();
  if (!signal) return call;
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void call.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
