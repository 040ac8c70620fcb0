import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The signal that ends the requests of some work. The SDK takes one with each call too, but then it builds its stack of
 * middleware anew for each call, which is 7 % of the CPU time of an account.
 */
const signals = new AsyncLocalStorage<AbortSignal>();

/** That of the work that is being done, if it has one. */
export const workSignal = (): AbortSignal | undefined => signals.getStore();

/** Does some work, whose requests end when the signal is aborted, or that of the work that this is a part of. */
export function withSignal<Result>(signal: AbortSignal | undefined, work: () => Result): Result {
  if (!signal) return work();
  const outer = workSignal();
  return signals.run(outer ? AbortSignal.any([outer, signal]) : signal, work);
}
