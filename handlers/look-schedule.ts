import type { LookResult, Waiting } from './contract';

/**
 * Seconds after the request at which the first cycle is looked into early. A small account's report takes
 * about two seconds, so that a run over small accounts need not last a whole cycle.
 */
const EARLY_LOOKS = [5, 15, 30];

/** Part of an interval by which a look may come sooner, so that batches do not all ask at the same instant. */
const JITTER = 0.25;

/**
 * When to look at a batch again, after `waited` seconds of waiting; nothing when the last look is over.
 *
 * A look ends every cycle, and the first cycle has early looks besides. Number of cycles and longest total
 * wait are exactly what `waiting` says: the last look is never moved. The jitter depends on the batch alone,
 * so that a repeated look plans the same as the one that it repeats.
 */
export function nextLook(
  waited: number,
  waiting: Waiting,
  batch: number,
): Pick<LookResult, 'waitSeconds' | 'waited'> | undefined {
  const next = looks(waiting, batch).find((look) => look > waited);
  return next === undefined ? undefined : { waitSeconds: next - waited, waited: next };
}

function looks({ seconds, cycles }: Waiting, batch: number): number[] {
  const planned = [
    ...EARLY_LOOKS.filter((look) => look < seconds),
    ...Array.from({ length: cycles }, (_, cycle) => (cycle + 1) * seconds),
  ];
  return planned.map((look, index) => {
    if (index === planned.length - 1) return look;
    const interval = look - (planned[index - 1] ?? 0);
    return look - Math.floor(interval * JITTER * fraction(batch, index));
  });
}

/** A number in [0, 1) that is spread evenly over batches (multiplicative hashing, Knuth 6.4). */
function fraction(batch: number, index: number): number {
  return (Math.imul(batch * 64 + index + 1, 2654435761) >>> 0) / 2 ** 32;
}
