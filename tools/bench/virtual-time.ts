import { setImmediate as afterPromises } from 'node:timers/promises';
import { install } from '@sinonjs/fake-timers';
import { loadSharedConfigFiles } from '@smithy/core/config';

/** When a modelled run starts: the hour of the default schedule. */
export const START = Date.UTC(2026, 10, 22, 8);

/**
 * Runs work on a virtual clock: whenever nothing is left to do at an instant, time goes on to the next timer.
 * Real code that waits on timers, the interpreter's and the handlers', waits on this clock.
 */
export async function inVirtualTime<Result>(work: () => Promise<Result>): Promise<Result> {
  // The SDK reads these once; reading takes real time, in which the clock would run away.
  await loadSharedConfigFiles();
  const clock = install({
    now: START,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  const runtimes = Object.getOwnPropertyDescriptor(AbortSignal, 'timeout') ?? {};
  AbortSignal.timeout = virtualTimeout;
  try {
    const state = { pending: true };
    const result = work().finally(() => (state.pending = false));
    // Awaited below; until then a failure is no unhandled one.
    result.catch(() => undefined);
    for (;;) {
      await afterPromises();
      if (!state.pending) return await result;
      if (clock.countTimers() === 0) throw new Error('The run waits for something that never comes');
      clock.next();
    }
  } finally {
    Object.defineProperty(AbortSignal, 'timeout', runtimes);
    clock.uninstall();
  }
}

/** The signal of the runtime is on a clock of its own. */
function virtualTimeout(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => {
    controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  }, ms);
  return controller.signal;
}

/** Pauses in virtual time. */
export function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
