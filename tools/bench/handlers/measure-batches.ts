import { createRequire } from 'node:module';
import { defaultOptions } from '../../../constructs/environment/environment';
import { runOf } from '../../../handlers/shared/bucket-layout';
import type { CollectReportsEvent, PollResult } from '../../../handlers/shared/events';
import type { UnpackedBundle } from './bundles';
import { type Endpoint, NONCE } from './endpoint';
import { type BatchFigures, type Collector, Meter } from './meter';
import { pollWithNewClients } from './plain-collector';

export interface SizeFigures {
  batchSize: number;
  handler: BatchFigures;
  plain: BatchFigures;
  /** CPU time of the plain collector divided by that of the handler. */
  cpuRatio: number;
}

export const DATE = '2026-11-22';
const MAX_POLLS = 5;

/**
 * The bundle of `collect-reports`, called as AWS Lambda calls it, but for one thing: nothing in this process waits on purpose. The
 * handler does not wait between its polls, as the plain version does not; no call fails here, so nothing waits to try again.
 */
export function handlerCollector({ script }: UnpackedBundle, { placeBatch }: Endpoint): Collector {
  const require = createRequire(__filename);
  const timers = require('node:timers/promises') as { setTimeout: () => Promise<void> };
  timers.setTimeout = () => Promise.resolve();
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a new evaluation creates new clients
  delete require.cache[script];
  const { handler } = require(script) as {
    handler: (event: CollectReportsEvent, context: object) => Promise<PollResult>;
  };
  const run = runOf(DATE, 'bench');
  const context = { getRemainingTimeInMillis: () => 300_000 };
  return async (accounts, batch) => {
    placeBatch(run, batch, accounts);
    let [pending, waited] = [accounts.length, 0];
    for (let polls = 0; pending > 0 && polls < MAX_POLLS; polls++) {
      ({ pending, waited } = await handler({ run, nonce: NONCE, batch, waited }, context));
    }
    throwIfPending(pending);
  };
}

/** The same work with new clients for each account and poll. */
export const plainCollector: Collector = async (accounts) => {
  let pending = [...accounts];
  for (let polls = 0; pending.length > 0 && polls < MAX_POLLS; polls++) {
    pending = await pollWithNewClients(pending, DATE, defaultOptions.scale.batchConcurrency);
  }
  throwIfPending(pending.length);
};

function throwIfPending(pending: number): void {
  if (pending > 0) throw new Error(`${pending} accounts are still pending after ${MAX_POLLS} polls`);
}

/** Returns accounts that no one has used yet, because an account that already has a report responds faster. */
export function unusedAccounts({ accounts }: Endpoint): (count: number) => string[] {
  let used = 0;
  return (count) => {
    const batch = accounts.slice(used, (used += count));
    if (batch.length < count) throw new Error('The embedded organization has too few accounts');
    return batch;
  };
}

/** Runs both collectors in turn, the same number of times, after one round of each whose memory is measured. */
export async function measureSize(
  batchSize: number,
  rounds: number,
  handlerCollector: Collector,
  nextAccounts: (count: number) => string[],
): Promise<SizeFigures> {
  const [handler, plain] = [new Meter(), new Meter()];
  const nextBatch = (round: number) => batchSize * 1000 + round;
  await handler.memory(handlerCollector, nextAccounts(batchSize), nextBatch(0));
  await plain.memory(plainCollector, nextAccounts(batchSize), 0);
  for (let round = 1; round <= rounds; round++) {
    await handler.time(handlerCollector, nextAccounts(batchSize), nextBatch(round));
    await plain.time(plainCollector, nextAccounts(batchSize), 0);
  }
  return {
    batchSize,
    handler: handler.figures,
    plain: plain.figures,
    cpuRatio: plain.figures.cpuMsPerAccount / handler.figures.cpuMsPerAccount,
  };
}
