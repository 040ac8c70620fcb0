import type { Caused } from './figures';
import type { Means } from './means';
import type { SizeFigures } from './measure';
import { model } from './model';

/** A rule for a size of organization, with the figure that it is about. */
export interface Bound {
  rule: string;
  figure: number;
  holds: boolean;
}

/** A quarter of what Step Functions accepts. */
const MAX_PAYLOAD_BYTES = 64 * 1024;

/** What a run may cause in other services for each account. `docs/cost.md` says what it costs. */
export const MOST_PER_ACCOUNT: Caused = { managementEvents: 5, dataEvents: 1.2, logBytes: 650 };

/** In smaller organizations, what a run causes once counts for more than what it causes for each account. */
const LARGE_ENOUGH = 1_000;

/** In smaller organizations, one cycle of polling changes the time too much to compare it with the floor. */
const LARGE = 10_000;

const atMost = (name: string, figure: number, most: number): Bound => ({
  rule: `${name} at most ${most}`,
  figure,
  holds: figure <= most,
});

export function boundsOf(size: SizeFigures): Bound[] {
  return [
    {
      rule: `accounts collected: all ${size.accounts}`,
      figure: size.collected,
      holds: size.collected === size.accounts,
    },
    atMost('history events of an execution', size.maxHistoryEvents, model.stepFunctions.maxHistoryEvents - 1),
    atMost('history events of the parent', size.parentHistoryEvents, 199),
    atMost('bytes of a payload', size.maxPayloadBytes, MAX_PAYLOAD_BYTES),
    atMost('seconds of the listing', size.listingSeconds, model.lambda.maxTimeoutSeconds / 2),
    ...(size.accounts >= LARGE_ENOUGH
      ? [
          atMost(
            'management events an account',
            size.managementEventsPerAccount,
            MOST_PER_ACCOUNT.managementEvents,
          ),
          atMost('calls to S3 an account', size.dataEventsPerAccount, MOST_PER_ACCOUNT.dataEvents),
          atMost('bytes of logs an account', size.logBytesPerAccount, MOST_PER_ACCOUNT.logBytes),
        ]
      : []),
    ...(size.accounts >= LARGE
      ? [
          atMost('seconds until all reports are collected / floor', size.collectedRatio, 1.25),
          atMost('seconds until people have the results / floor', size.ratio, 1.25),
        ]
      : []),
    ...(size.accounts === LARGE
      ? [
          atMost('seconds until people have the results / least', size.leastRatio, 1.08),
          atMost('seconds of the whole run, export included / least', size.endRatio, 1.1),
          atMost('calls to STS an account', size.stsCallsPerAccount, 1.05),
          atMost('dollars for transitions and Lambda', size.usd, 0.012),
        ]
      : []),
  ];
}

/** What the means of several seeds may be; one seed alone may be a little above. */
const MEAN_LEAST_RATIO = new Map([
  [10_000, 1.05],
  [50_000, 1.1],
]);

export function meanBoundsOf({ accounts, seeds, mean }: Means): Bound[] {
  const most = MEAN_LEAST_RATIO.get(accounts);
  return most === undefined || seeds.length < 2
    ? []
    : [atMost('mean seconds until people have the results / least', mean.leastRatio, most)];
}
