import type { Batch } from '../shared/run-files';

/**
 * Whole seconds after an invocation has requested its reports at which it looks for them, up to 15: so long the session of an account
 * is worth keeping, because most reports are ready by then (see `report` in the model of the benchmark). Waiting longer is the
 * state machine's.
 */
const LOOKS = {
  /** Others are still listed, so nothing waits for these accounts: a look costs a call and its log entry. */
  whileListing: [4, 8, 11],
  /** The run waits for these accounts. Most reports are ready soon. */
  first: [2, 4, 6, 8, 10, 11, 12, 13, 14, 15],
  /** Few accounts are left. */
  later: Array.from({ length: 15 }, (_, second) => second + 1),
};

/** From then on, polls are rare, and an invocation does not wait between them. */
const IMPATIENT_SECONDS = 120;

/**
 * When to look for the reports that an invocation has requested: never after the last poll, which requests them once more.
 * @param waited - seconds that the batch was waited for before this invocation
 */
export function lookTimes(
  { whileListing, waiting }: Pick<Batch, 'whileListing' | 'waiting'>,
  waited: number,
): readonly number[] {
  if (waited >= IMPATIENT_SECONDS) return [];
  const looks = whileListing ? LOOKS.whileListing : waited === 0 ? LOOKS.first : LOOKS.later;
  return looks.filter((look) => waited + look < waiting.seconds * waiting.cycles);
}
