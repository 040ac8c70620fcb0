import type { PollResult, Waiting } from '../shared/events';

/**
 * Seconds from the request to the first poll. The report of a small account takes about two seconds, so a run over small
 * accounts does not have to last a whole cycle.
 */
const FIRST_POLL = 4;

/**
 * The next interval as a share of the time waited so far, up to a whole cycle: the delay in finding a report is in
 * proportion to the time that it took.
 */
const GROWTH = 0.15;

/**
 * Share of an interval by which a poll may come sooner, so that batches do not all poll at the same instant. The first
 * intervals are too short for it; there the batches are spread by starting a second apart.
 */
const JITTER = 0.25;

/**
 * When to poll a batch again after `waited` seconds of waiting; undefined after the last poll.
 *
 * Every cycle ends with a poll, moved only by the jitter. Early cycles have polls in between, at intervals that grow up
 * to a whole cycle. The number of cycles and the longest total wait are exactly what `waiting` says: the last poll is
 * never moved. The jitter depends on the batch alone, so a poll that runs twice plans the same next one.
 */
export function nextPoll(
  waited: number,
  waiting: Waiting,
  batch: number,
): Pick<PollResult, 'waitSeconds' | 'waited'> | undefined {
  const next = polls(waiting, batch).find((poll) => poll > waited);
  return next === undefined ? undefined : { waitSeconds: next - waited, waited: next };
}

function polls(waiting: Waiting, batch: number): number[] {
  const planned = plannedPolls(waiting);
  return planned.map((poll, index) => {
    if (index === planned.length - 1) return poll;
    const interval = poll - (planned[index - 1] ?? 0);
    return poll - Math.floor(interval * JITTER * fraction(batch, index));
  });
}

/** Polls without jitter, in seconds of waiting. */
function plannedPolls({ seconds, cycles }: Waiting): number[] {
  const planned: number[] = [];
  for (let poll = 0; poll < seconds * cycles; planned.push(poll)) {
    const interval = Math.max(FIRST_POLL, Math.floor(poll * GROWTH));
    const cycleEnd = (Math.floor(poll / seconds) + 1) * seconds;
    // A poll shortly before the end of a cycle is not worth its cost.
    poll = poll + interval * 1.5 < cycleEnd ? poll + interval : cycleEnd;
  }
  return planned;
}

/** A number in [0, 1) that is spread evenly over batches (multiplicative hashing, Knuth 6.4). */
function fraction(batch: number, index: number): number {
  return (Math.imul(batch * 64 + index + 1, 2654435761) >>> 0) / 2 ** 32;
}
