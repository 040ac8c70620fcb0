import type { Batch } from '../shared/run-files';

/** No invocation waits for longer, however long its polls take. */
export const LONGEST_WAIT_SECONDS = 15;

/**
 * Seconds after the reports were requested at which an invocation polls for them. At most {@link LONGEST_WAIT_SECONDS}: most reports are
 * ready by then, and the state machine waits for free. `report` in `tools/bench/model.ts` has the assumed times.
 */
const POLL_SECONDS = {
  /** Other accounts are still listed, so nothing waits for these: a poll costs a call for each account, and its log entry. */
  whileListing: [4, 8, 11],
  /** The run waits for these accounts. Most reports are ready soon. */
  first: [2, 4, 6, 8, 10, 11, 12, 13, 14, 15],
  /** Few accounts are left. */
  later: Array.from({ length: LONGEST_WAIT_SECONDS }, (_, second) => second + 1),
};

/** From then on, reports take so long that an invocation does not wait for them. */
const STOP_WAITING_AFTER_SECONDS = 120;

/**
 * When to poll for the reports that an invocation has requested: never after the last poll of the batch, which requests them once more.
 * @param waited - seconds that the batch was waited for before this invocation
 */
export function pollTimes(
  { whileListing, waiting }: Pick<Batch, 'whileListing' | 'waiting'>,
  waited: number,
): readonly number[] {
  if (waited >= STOP_WAITING_AFTER_SECONDS) return [];
  const { whileListing: rare, first, later } = POLL_SECONDS;
  const seconds = whileListing ? rare : waited === 0 ? first : later;
  return seconds.filter((second) => waited + second < waiting.seconds * waiting.cycles);
}
