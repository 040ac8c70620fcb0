import type { Context } from 'aws-lambda';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { withSignal } from '../shared/aws/work-signal';
import { keys, partsOfRun } from '../shared/bucket-layout';
import { reviewerOf } from '../report-review/reviewer';
import { CollectReportsEvent, type PollResult } from '../shared/events';
import { log } from '../shared/log';
import { Batch } from '../shared/run-files';
import { TIME_WHILE_LISTING } from '../shared/time-while-listing';
import { InvalidInput, validated } from '../shared/validation';
import { toFailure } from './classify-error';
import { OutcomesFile } from './outcomes-file';
import type { Collector } from './poll-account';
import { nextPoll } from './poll-schedule';
import { pollTimes } from './poll-times';
import { type Pause, Polls, pauseOrEnd } from './polls';
import { ReviewWriter } from './review-writer';

/** Time reserved for recording the outcomes, ms. */
export const TIME_TO_RECORD = 20_000;

export interface CollectReportsProps extends Omit<Collector, 'reviews' | 'serviceCredentials'> {
  /** Accounts of a batch processed at the same time. */
  concurrency: number;
  /**
   * The same bucket, behind a client of its own, for what the run depends on: batch and outcomes. A client whose calls fail
   * stops retrying; if S3 throttles the reports, it must not be that client that records what became of them.
   * @default - that of the reports
   */
  records?: ReportBucket;
  /**
   * Waits so many milliseconds, or until the signal is aborted.
   * @default - a timer
   */
  pause?: Pause;
  /**
   * `aws`, `aws-cn` or `aws-us-gov`.
   * @default - `aws`
   */
  partition?: string;
}

/** Polls every account of a batch that has no outcome yet. */
export const collectReports =
  ({ concurrency, records, pause = pauseOrEnd, partition = 'aws', ...collector }: CollectReportsProps) =>
  async (event: unknown, context?: Pick<Context, 'getRemainingTimeInMillis'>): Promise<PollResult> => {
    const call = validated(CollectReportsEvent, event, 'The event of collect-reports');
    const { run, batch, waited } = call;
    const { bucket } = collector;
    const recordBucket = records ?? bucket;
    const file = new OutcomesFile(recordBucket, run, batch);
    const [stored, earlier] = await Promise.all([batchOf(recordBucket, call), file.read()]);
    const { accounts, waiting, review, whileListing } = stored;
    const decided = new Set(earlier?.content.outcomes.map(({ account }) => account));
    const open = accounts.filter((account) => !decided.has(account));

    const reviews = new ReviewWriter(reviewerOf(review, partition));
    const polls = new Polls({
      date: partsOfRun(run).date,
      collector: { ...collector, serviceCredentials: review.serviceCredentials, reviews },
      concurrency,
      pause,
    });
    const times = pollTimes(stored, waited);
    const { polled, seconds } = await withSignal(abortSignal(whileListing, context), () =>
      polls.run(open, times),
    );
    for (const result of polled) log('polled account', { run, batch, waited, ...result });

    const next = whileListing ? undefined : nextPoll(waited + seconds, waiting, batch);
    const outcomes = polled.flatMap((result) => {
      if (result.outcome !== 'pending') return result;
      return next || whileListing ? [] : toFailure(result);
    });
    if (whileListing && (await recordBucket.exists(keys.ledger(run)))) throw givenUp(run);
    const [recorded] = await Promise.all([
      // A batch that leaves all of its accounts gets no file, which no manifest would name.
      whileListing && outcomes.length === 0 ? (earlier?.content.outcomes ?? []) : file.add(outcomes, earlier),
      reviews.write(bucket, run, batch, waited),
    ]);
    const known = new Set(recorded.map(({ account }) => account));
    return {
      decided: recorded.length,
      pending: accounts.length - recorded.length,
      ...(whileListing && { left: accounts.filter((account) => !known.has(account)) }),
      waitSeconds: next?.waitSeconds ?? 0,
      waited: next?.waited ?? waited + seconds,
    };
  };

/** Aborts calls early enough to record the outcomes. */
function abortSignal(
  whileListing: boolean,
  context: Pick<Context, 'getRemainingTimeInMillis'> | undefined,
): AbortSignal | undefined {
  const left = context ? Math.max(0, context.getRemainingTimeInMillis() - TIME_TO_RECORD) : Infinity;
  const time = whileListing ? Math.min(left, TIME_WHILE_LISTING) : left;
  return time === Infinity ? undefined : AbortSignal.timeout(time);
}

/**
 * The batch that an event names.
 * @throws {@link InvalidInput} if the event does not come from the run, if the run is finished: its reports are evidence, or if the
 * batch is collected too late
 */
async function batchOf(bucket: ReportBucket, { run, nonce, batch }: CollectReportsEvent): Promise<Batch> {
  const isListed = bucket.exists(keys.ledger(run));
  // Whoever waits for it below gets the error: the other batches do not need it.
  isListed.catch(() => undefined);
  const [{ content }, isFinished] = await Promise.all([
    bucket.getJson(keys.batch(run, batch), Batch),
    bucket.exists(keys.view(run)),
  ]);
  if (content.run !== run || content.nonce !== nonce || content.batch !== batch)
    throw new InvalidInput(`The event does not come from run ${run}: its nonce is not that of the batch`);
  if (isFinished) throw new InvalidInput(`Run ${run} is finished, so nothing is collected for it any more`);
  if (content.whileListing && (await isListed)) throw givenUp(run);
  return content;
}

/**
 * What a batch is collected for while others are listed ends with the ledger: it says what became of each account until then. Later
 * outcomes would change files that the manifest names.
 */
const givenUp = (run: string) =>
  new InvalidInput(`Run ${run} has listed its accounts, so this batch is not collected any more`);
