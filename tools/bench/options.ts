import { Option } from 'commander';
import type { Scale } from '../../constructs/environment/environment';
import { type Collector, COLLECTORS } from './designs/with-owners';
import { commandLine, decimalNumber, wholeNumber } from '../../local/command-line';
import { model } from './model';
import type { ReportTime } from './seeded-random';

export interface BenchOptions {
  accounts: number[];
  reportTime: ReportTime;
  seed: number;
  /** Runs of each size, with `seed` and the numbers after it. */
  seeds: number;
  /** What differs from the scale that is deployed. */
  scale: Partial<Scale>;
  owners: Collector | undefined;
  /** Whether other systems get the results. */
  exports: boolean;
  json: boolean;
}

/** Sizes around where the published design breaks, and up to the most accounts of an organization. */
const SIZES = [100, 1_000, 1_249, 1_250, 10_000, 50_000];
const MOST_ACCOUNTS = 50_000;

/** Reads the command line; ends the process with code 2 and one line on standard error for wrong usage. */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const { medianSeconds, sigma } = model.report;
  const options = commandLine({
    script: 'bench',
    description:
      'Runs what would be deployed on a virtual clock against a modeled organization (tools/bench/model.ts), next to ' +
      'the design of the published sample, and compares the figures with their bounds.',
    exitCodes: '0: every figure is within its bound; 1: one is not, or a run failed',
  })
    .option('--accounts <n,…>', 'sizes of the organization', sizes, SIZES)
    .option(
      '--report-median <s>',
      'seconds until half of the reports are ready',
      decimalNumber(0.001, 3_600),
      medianSeconds,
    )
    .option(
      '--report-sigma <n>',
      'spread of that time (log-normal); 0: all take the same',
      decimalNumber(0, 3),
      sigma,
    )
    .option('--seed <n>', 'chooses everything that is left to chance', anyWholeNumber, 1)
    .option('--seeds <n>', 'runs of each size, from --seed on, with their means', wholeNumber(1, 100), 1)
    .option('--batch-size <n>', 'accounts of a batch; default: as deployed', anyWholeNumber)
    .option(
      '--batch-concurrency <n>',
      'accounts of a batch at the same time; default: as deployed',
      anyWholeNumber,
    )
    .option('--map-concurrency <n>', 'batches under way; default: as deployed', anyWholeNumber)
    .addOption(
      new Option(
        '--owners <account>',
        'read owners from account tags and the names of units, as this account; default: not',
      ).choices(COLLECTORS),
    )
    .option('--exports', 'send events, and write the findings in the format of OCSF', false)
    .option('--json', 'print one JSON object instead of tables', false)
    .parse(argv, { from: 'user' })
    .opts<Partial<Scale> & Omit<BenchOptions, 'reportTime' | 'scale'> & Report>();
  const { accounts, reportMedian, reportSigma, seed, seeds, owners, exports, json, ...scale } = options;
  return {
    accounts,
    seed,
    seeds,
    owners,
    exports,
    json,
    scale,
    reportTime: { medianSeconds: reportMedian, sigma: reportSigma },
  };
}

interface Report {
  reportMedian: number;
  reportSigma: number;
}

const sizes = (text: string) => text.split(',').map(wholeNumber(1, MOST_ACCOUNTS));
const anyWholeNumber = wholeNumber(1, 2 ** 31 - 1);
