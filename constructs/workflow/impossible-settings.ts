/** Which settings cannot work for the largest organization, by the model of `run-times.ts`. */
import {
  MOST_ACCOUNTS,
  MOST_BATCH_SIZE,
  MOST_CONCURRENCY,
  MOST_PAYLOAD_BYTES,
  MOST_SECONDS,
  type RunSize,
  TIME_FOR_TURNS,
  batchesOf,
  payloadBytes,
  secondsOfBatches,
  timeLimit,
} from './run-times';

/** The option whose values cannot work, by what would become too large. */
export const impossibleFields = { payload: 'scale', turns: 'scale', 'time limit': 'waiting' } as const;
export type ImpossibleKind = keyof typeof impossibleFields;

/** Settings that cannot work together, and why, which completes the sentence "FIELD …". */
export interface ImpossibleSettings {
  readonly kind: ImpossibleKind;
  readonly message: string;
}

const number = (value: number) => value.toLocaleString('en-US');
const hours = (seconds: number) => `${number(seconds)} s (${number(Math.round(seconds / 360) / 10)} h)`;

/** What cannot work for the largest organization; empty if everything can. */
export function impossibleSettings(size: RunSize): ImpossibleSettings[] {
  const { batchSize, mapConcurrency, waiting } = size;
  const batches = batchesOf(MOST_ACCOUNTS, batchSize);
  const largest = `${number(MOST_ACCOUNTS)} accounts, the most of an organization, are ${number(batches)} batches`;
  const atATime = `with ${number(mapConcurrency)} at a time`;
  const problems: ImpossibleSettings[] = [];
  const bytes = payloadBytes(MOST_ACCOUNTS, batchSize);
  if (bytes > MOST_PAYLOAD_BYTES)
    problems.push({
      kind: 'payload',
      message:
        `must have a larger \`batchSize\`: ${largest}, whose numbers take ${number(bytes)} bytes, and a state may get ` +
        number(MOST_PAYLOAD_BYTES),
    });
  const turns = secondsOfBatches(batches, mapConcurrency);
  if (turns > TIME_FOR_TURNS)
    problems.push({
      kind: 'turns',
      message:
        `must let batches start in time: ${largest}, and ${atATime}, the last one starts after ${hours(turns)}, but the time limit of a ` +
        `run leaves ${hours(TIME_FOR_TURNS)} for that. Set ${enough(batches, mapConcurrency)}`,
    });
  const limit = timeLimit(size);
  if (limit > MOST_SECONDS)
    problems.push({
      kind: 'time limit',
      message:
        `must let a run end within a year, the ${number(MOST_SECONDS)} s that Step Functions allows: ${largest}, and ${atATime}, ` +
        `each waiting up to ${number(waiting.seconds * waiting.cycles)} s, the time limit would be ${number(limit)} s`,
    });
  return problems;
}

/** Settings with which batches get their turns in time: a larger concurrency, or larger batches. */
function enough(batches: number, mapConcurrency: number): string {
  const concurrency = least(MOST_CONCURRENCY, (value) => secondsOfBatches(batches, value));
  const size = least(MOST_BATCH_SIZE, (value) =>
    secondsOfBatches(batchesOf(MOST_ACCOUNTS, value), mapConcurrency),
  );
  return [
    ...(concurrency === undefined ? [] : [`\`mapConcurrency\` to at least ${number(concurrency)}`]),
    ...(size === undefined ? [] : [`\`batchSize\` to at least ${size}`]),
  ].join(', or ');
}

/** The least value, from 1 to `most`, with which turns take no more time than there is. */
function least(most: number, secondsWith: (value: number) => number): number | undefined {
  let value = 1;
  while (value <= most && secondsWith(value) > TIME_FOR_TURNS) value++;
  return value <= most ? value : undefined;
}
