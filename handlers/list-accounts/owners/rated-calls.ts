import { setTimeout as pause } from 'node:timers/promises';
import { type Rate, TokenBucket } from '../token-bucket';

/** How long to wait for more to call for, ms. */
const IDLE_MS = 20;

export interface RatedCallsProps<Item> {
  rate: Rate;
  /** The next to call for; undefined if there is none now. */
  next: () => Item | undefined;
  /** Whether there may be more later. */
  hasMore: () => boolean;
  /** Must not reject because of a call that failed: a rejection ends all. */
  call: (item: Item) => Promise<void>;
  signal: AbortSignal;
}

/** Calls for one item after the other at a rate, until there are no more or the signal is given. */
export async function ratedCalls<Item>({
  rate,
  next,
  hasMore,
  call,
  signal,
}: RatedCallsProps<Item>): Promise<void> {
  const tokens = new TokenBucket(rate);
  const inFlight = new Set<Promise<void>>();
  let failed: unknown;
  while (!signal.aborted && failed === undefined) {
    const item = next();
    if (item === undefined) {
      if (!hasMore()) break;
      await pause(IDLE_MS);
      continue;
    }
    await tokens.take();
    const running = call(item)
      .catch((error: unknown) => {
        failed ??= error;
      })
      .finally(() => inFlight.delete(running));
    inFlight.add(running);
  }
  await Promise.all(inFlight);
  if (failed !== undefined) throw failed as Error;
}
