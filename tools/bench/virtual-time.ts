import { setImmediate as promisesSettled } from 'node:timers/promises';
import { install } from '@sinonjs/fake-timers';
import { loadSharedConfigFiles } from '@smithy/core/config';

/** When a modeled run starts: the hour of the default schedule. */
export const START = Date.UTC(2026, 10, 22, 8);

/**
 * Runs work on a virtual clock: when nothing is left to do at an instant, time moves to the next timer. The real code of
 * the interpreter and of the handlers waits on this clock.
 */
export async function inVirtualTime<Result>(work: () => Promise<Result>): Promise<Result> {
  // The SDK reads these files once. That takes real time, in which the virtual clock would run ahead.
  await loadSharedConfigFiles();
  const clock = install({
    now: START,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  const original = Object.getOwnPropertyDescriptor(AbortSignal, 'timeout') ?? {};
  AbortSignal.timeout = virtualTimeout;
  try {
    const state = { pending: true };
    const result = work().finally(() => (state.pending = false));
    // It is awaited below; until then, a failure must not count as unhandled.
    result.catch(() => undefined);
    for (;;) {
      await promisesSettled();
      if (!state.pending) return await result;
      if (clock.countTimers() === 0)
        throw new Error('The run waits for something that never happens: no timer is left');
      clock.next();
    }
  } finally {
    Object.defineProperty(AbortSignal, 'timeout', original);
    clock.uninstall();
  }
}

/** The signal of Node.js does not use the virtual clock. */
function virtualTimeout(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => {
    controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  }, ms);
  return controller.signal;
}

/** Waits in virtual time. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
