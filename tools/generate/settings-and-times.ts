/** How long the batches of a run take by the model, for sizes of organizations and settings, or that settings are refused. */
import { defaultOptions } from '../../constructs/environment/environment';
import { impossibleSettings } from '../../constructs/workflow/impossible-settings';
import { MOST_ACCOUNTS, batchesOf, secondsOfBatches } from '../../constructs/workflow/run-times';
import { table } from './markdown';

export const sizes = [10, 1_000, 10_000, MOST_ACCOUNTS];
const batchSizes = [1, 5, 50, 100, 200, 400, 500];
const concurrencies = [1, 20, 1_000, 10_000];

export interface SettingsRow {
  batchSize: number;
  mapConcurrency: number;
  /** Seconds until the last batch has its turn, for each of the sizes. */
  seconds: number[];
  /** Why the settings are refused; empty if they are not. */
  refused: string[];
}

export const settingsAndTimes: SettingsRow[] = batchSizes.flatMap((batchSize) =>
  concurrencies.map((mapConcurrency) => ({
    batchSize,
    mapConcurrency,
    seconds: sizes.map((accounts) => secondsOfBatches(batchesOf(accounts, batchSize), mapConcurrency)),
    refused: impossibleSettings({ batchSize, mapConcurrency, waiting: defaultOptions.waiting }).map(
      ({ kind }) => kind,
    ),
  })),
);

const number = (value: number) => value.toLocaleString('en-US');

export const settingsAndTimesTable = () =>
  table(
    ['`batchSize`', '`mapConcurrency`', ...sizes.map((size) => `${number(size)} accounts`), 'refused for'],
    settingsAndTimes.map(({ batchSize, mapConcurrency, seconds, refused }) => [
      number(batchSize),
      number(mapConcurrency),
      ...seconds.map((value) => `${number(value)} s`),
      refused.join(', '),
    ]),
  );
