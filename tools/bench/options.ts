import { Command, InvalidArgumentError } from 'commander';
import type { Scale } from '../../constructs/environment/environment';
import { model } from './model';
import type { ReportTime } from './seeded-random';

export interface BenchOptions {
  accounts: number[];
  reportTime: ReportTime;
  seed: number;
  /** What differs from the scale that is deployed. */
  scale: Partial<Scale>;
  json: boolean;
}

/** Sizes around where the published design breaks, and up to the most accounts of an organization. */
const SIZES = [100, 1_000, 1_249, 1_250, 10_000, 50_000];
const MOST_ACCOUNTS = 50_000;

/** Reads the command line; ends the process with code 2 and one line on standard error for wrong usage. */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const { medianSeconds, sigma } = model.report;
  const options = new Command('npm run bench --')
    .description(
      'Runs what would be deployed on a virtual clock against a modelled organization (bench/model.ts), next to ' +
        'the design of the published sample, and holds the figures against their bounds.',
    )
    .option('--accounts <n,…>', 'sizes of the organization', sizes, SIZES)
    .option('--report-median <s>', 'seconds until half of the reports are ready', positive, medianSeconds)
    .option('--report-sigma <n>', 'spread of that time (log-normal); 0: all take the same', spread, sigma)
    .option('--seed <n>', 'chooses everything that is left to chance', whole, 1)
    .option('--batch-size <n>', 'accounts of a batch; default: as deployed', whole)
    .option('--batch-concurrency <n>', 'accounts of a batch at the same time; default: as deployed', whole)
    .option('--map-concurrency <n>', 'batches under way; default: as deployed', whole)
    .option('--json', 'print one JSON object instead of tables', false)
    .helpOption('--help', 'show this help')
    .addHelpText(
      'after',
      '\nExit code: 0 when all bounds hold; 1 when one does not, or a run failed; 2 for wrong usage.',
    )
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .exitOverride((exit) => process.exit(exit.exitCode === 0 ? 0 : 2))
    .parse(argv, { from: 'user' })
    .opts<Partial<Scale> & Omit<BenchOptions, 'reportTime' | 'scale'> & Report>();
  const { accounts, reportMedian, reportSigma, seed, json, ...scale } = options;
  return { accounts, seed, json, scale, reportTime: { medianSeconds: reportMedian, sigma: reportSigma } };
}

interface Report {
  reportMedian: number;
  reportSigma: number;
}

function sizes(text: string): number[] {
  const values = text.split(',').map(Number);
  if (values.every((value) => Number.isInteger(value) && value >= 1 && value <= MOST_ACCOUNTS)) return values;
  throw new InvalidArgumentError(`It must be whole numbers from 1 to ${MOST_ACCOUNTS}, separated by commas.`);
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 3_600) return value;
  throw new InvalidArgumentError('It must be a number above 0, up to 3600.');
}

function spread(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 3) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 3.');
}

function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of up to 9 digits.');
}
