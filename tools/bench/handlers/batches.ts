import { createRequire } from 'node:module';
import { defaultOptions } from '../../../constructs/environment/environment';
import { runPrefixOf } from '../../../handlers/shared/bucket-layout';
import type { CollectReportsEvent, PollResult } from '../../../handlers/shared/events';
import type { UnpackedBundle } from './bundles';
import type { Endpoint } from './endpoint';
import { type BatchFigures, Meter, type Version } from './meter';
import { plainVersion } from './plain-version';

export interface SizeFigures {
  batchSize: number;
  handler: BatchFigures;
  plain: BatchFigures;
  /** CPU of the plain version to CPU of the handler. */
  cpuRatio: number;
}

const DATE = '2026-11-22';
const RUN = runPrefixOf(DATE, 'bench');
const MOST_LOOKS = 5;

/** The real bundle, as AWS Lambda would call it; every version has clients of its own. */
export function handlerVersion({ script }: UnpackedBundle, { placeBatch }: Endpoint): Version {
  const require = createRequire(__filename);
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- evaluated anew, with new clients
  delete require.cache[script];
  const { handler } = require(script) as {
    handler: (event: CollectReportsEvent, context: object) => Promise<PollResult>;
  };
  const context = { getRemainingTimeInMillis: () => 300_000 };
  return async (accounts, batch) => {
    placeBatch(RUN, batch, accounts);
    const event = { date: DATE, runPrefix: RUN, batch, waiting: { seconds: 60, cycles: 45 } };
    let look: Pick<PollResult, 'pending' | 'waited'> = { pending: accounts.length, waited: 0 };
    for (let looks = 0; look.pending > 0 && looks < MOST_LOOKS; looks++) {
      look = await handler({ ...event, waited: look.waited }, context);
    }
    if (look.pending > 0) throw new Error(`${look.pending} accounts are pending after ${MOST_LOOKS} looks`);
  };
}

export const plain: Version = async (accounts) => {
  let pending = [...accounts];
  for (let looks = 0; pending.length > 0 && looks < MOST_LOOKS; looks++) {
    pending = await plainVersion(pending, DATE, defaultOptions.scale.batchConcurrency);
  }
  if (pending.length > 0) throw new Error(`${pending.length} accounts are pending after ${MOST_LOOKS} looks`);
};

/** Gives accounts out, each once: an account that has a report answers faster. */
export function supplyOf({ accounts }: Endpoint): (count: number) => string[] {
  let taken = 0;
  return (count) => {
    const batch = accounts.slice(taken, (taken += count));
    if (batch.length < count) throw new Error('The embedded organization has too few accounts');
    return batch;
  };
}

/** Runs both versions by turns, the same number of times. */
export async function measureSize(
  batchSize: number,
  rounds: number,
  handler: Version,
  supply: (count: number) => string[],
): Promise<SizeFigures> {
  const ours = new Meter();
  const theirs = new Meter();
  for (let round = 1; round <= rounds; round++) {
    await ours.run(handler, supply(batchSize), batchSize * 1000 + round);
    await theirs.run(plain, supply(batchSize), 0);
  }
  return {
    batchSize,
    handler: ours.figures,
    plain: theirs.figures,
    cpuRatio: theirs.figures.cpuMsPerAccount / ours.figures.cpuMsPerAccount,
  };
}
