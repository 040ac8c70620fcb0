/**
 * A model of how long the batches of a run take, and of what they hand on. Pure, so that the definition, the rules for
 * environment files, a table in docs/scale.md and the tests have the same numbers.
 */
import type { Run, Waiting } from '../../handlers/shared/events';

/** What decides how long a run takes. */
export interface RunSize {
  readonly batchSize: number;
  readonly mapConcurrency: number;
  readonly waiting: Waiting;
}

/**
 * The most accounts that an organization can have
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html).
 */
export const MOST_ACCOUNTS = 50_000;

/** Time that a run may take besides waiting, s: listing, starting the batches, polling, and the summary. */
const TIME_BESIDES_WAITING = 4 * 3600;

/**
 * What listing and summary may take of it, s: twice the longest timeout of a function
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
const LISTING_AND_SUMMARY = 2 * 900;

/** Time for batches to wait for their turns, s. */
export const TIME_FOR_TURNS = TIME_BESIDES_WAITING - LISTING_AND_SUMMARY;

/** The longest that an execution may run, s (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
export const MOST_SECONDS = 365 * 86_400;

/** Bytes of a payload that a state may get; same page. */
export const MOST_PAYLOAD_BYTES = 256 * 1024;

/** What `lambda:invoke` adds to the result of a function, bytes, such as HTTP headers. Assumed. */
const ENVELOPE_BYTES = 1024;

/** Characters of the name of an execution (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html). */
const NAME_LENGTH = 80;

export const batchesOf = (accounts: number, batchSize: number): number => Math.ceil(accounts / batchSize);

/**
 * Seconds until the last batch ends. A batch waits as many seconds as its number says, from the start of its own child
 * execution. With fewer executions at a time than batches, a child starts when another ends, so these waits add up.
 * @param collecting - seconds that each batch takes after its turn
 */
export function secondsOfBatches(batches: number, mapConcurrency: number, collecting = 0): number {
  const waves = Math.ceil(batches / mapConcurrency);
  // The last batch waits its turn after the one that had its slot before, and so on.
  const turns = waves * (batches - 1) - (mapConcurrency * waves * (waves - 1)) / 2;
  return Math.max(turns, 0) + waves * collecting;
}

/** The time limit of a run of the largest organization, s: each slot waits once for every batch that it gets. */
export function timeLimit({ batchSize, mapConcurrency, waiting }: RunSize): number {
  const waves = Math.ceil(batchesOf(MOST_ACCOUNTS, batchSize) / mapConcurrency);
  return waves * waiting.seconds * waiting.cycles + TIME_BESIDES_WAITING;
}

/** Bytes of what `list-accounts` returns, which every state up to the Map gets. */
export function payloadBytes(accounts: number, batchSize: number): number {
  const run: Run = {
    run: `2026-11-22/${'x'.repeat(NAME_LENGTH)}`,
    ledger: '0'.repeat(64),
    nonce: '0'.repeat(36),
    expected: accounts,
    skipped: accounts,
    batches: Array.from({ length: batchesOf(accounts, batchSize) }, (_, index) => index + 1),
  };
  return JSON.stringify(run).length + ENVELOPE_BYTES;
}

/** The most that the options can be. */
export const MOST_CONCURRENCY = 10_000;
export const MOST_BATCH_SIZE = 500;
