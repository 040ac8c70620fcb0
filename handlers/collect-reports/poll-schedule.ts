import type { PollResult, Waiting } from '../shared/events';

/**
 * Seconds until the first look after the request. A small account's report takes about two seconds, so that a
 * run over small accounts need not last a whole cycle.
 */
const FIRST_LOOK = 4;

/**
 * Part of the time waited so far that the next interval takes, until it takes a whole cycle: what a report
 * waits to be found is in proportion to what it took.
 */
const GROWTH = 0.15;

/**
 * Part of an interval by which a look may come sooner, so that batches do not all ask at the same instant. The
 * first intervals are too short for it: there the turns of the batches, a second apart, spread them.
 */
const JITTER = 0.25;

/**
 * When to look at a batch again, after `waited` seconds of waiting; nothing when the last look is over.
 *
 * A look ends every cycle, but for the jitter; early cycles have looks besides, in intervals that grow up to the cycle. Number of
 * cycles and longest total wait are exactly what `waiting` says: the last look is never moved. The jitter
 * depends on the batch alone, so that a repeated look plans the same as the one that it repeats.
 */
export function nextPoll(
  waited: number,
  waiting: Waiting,
  batch: number,
): Pick<PollResult, 'waitSeconds' | 'waited'> | undefined {
  const next = looks(waiting, batch).find((look) => look > waited);
  return next === undefined ? undefined : { waitSeconds: next - waited, waited: next };
}

function looks(waiting: Waiting, batch: number): number[] {
  const planned = plannedPolls(waiting);
  return planned.map((look, index) => {
    if (index === planned.length - 1) return look;
    const interval = look - (planned[index - 1] ?? 0);
    return look - Math.floor(interval * JITTER * fraction(batch, index));
  });
}

function plannedPolls({ seconds, cycles }: Waiting): number[] {
  const planned: number[] = [];
  for (let look = 0; look < seconds * cycles; planned.push(look)) {
    const interval = Math.max(FIRST_LOOK, Math.floor(look * GROWTH));
    const cycleEnd = (Math.floor(look / seconds) + 1) * seconds;
    // A look shortly before the end of a cycle is not worth its price.
    look = look + interval * 1.5 < cycleEnd ? look + interval : cycleEnd;
  }
  return planned;
}

/** A number in [0, 1) that is spread evenly over batches (multiplicative hashing, Knuth 6.4). */
function fraction(batch: number, index: number): number {
  return (Math.imul(batch * 64 + index + 1, 2654435761) >>> 0) / 2 ** 32;
}
