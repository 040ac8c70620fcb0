import type { Context } from 'aws-lambda';
import pMap from 'p-map';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys, partsOfRun } from '../shared/bucket-layout';
import { CollectReportsEvent, type PollResult } from '../shared/events';
import { log } from '../shared/log';
import { Batch, type Outcome, type Pending } from '../shared/run-files';
import { InvalidInput, validated } from '../shared/validation';
import { toFailure } from './classify-error';
import { OutcomesFile } from './outcomes-file';
import { type Collector, pollAccount } from './poll-account';
import { nextPoll } from './poll-schedule';
import { ReportPackWriter } from './report-pack';

/** Time reserved for recording the outcomes, ms. */
export const TIME_TO_RECORD = 20_000;

/**
 * Time that IAM takes to generate the report of a small account, ms (measured once: COMPLETE 2 s after the request,
 * https://github.com/radkawar/stackd/blob/main/testdata/aws/iam/credential_report.json).
 */
const TIME_TO_GENERATE = 2_000;

export interface CollectReportsProps extends Omit<Collector, 'onStored' | 'serviceCredentials'> {
  /** Accounts of a batch processed at the same time. */
  concurrency: number;
  /**
   * The same bucket, behind a client of its own, for what the run depends on: batch and outcomes. A client whose calls fail
   * stops retrying; if S3 throttles the reports, it must not be that client that records what became of them.
   * @default - that of the reports
   */
  records?: ReportBucket;
}

/** Polls every account of a batch that has no outcome yet, once. */
export const collectReports =
  ({ concurrency, records, ...collector }: CollectReportsProps) =>
  async (event: unknown, context?: Pick<Context, 'getRemainingTimeInMillis'>): Promise<PollResult> => {
    const call = validated(CollectReportsEvent, event, 'The event of collect-reports');
    const { run, batch, waited } = call;
    const { date } = partsOfRun(run);
    const { bucket } = collector;
    const recordBucket = records ?? bucket;
    const { accounts, waiting, serviceCredentials } = await batchOf(recordBucket, call);
    const file = new OutcomesFile(recordBucket, run, batch);
    const earlier = await file.read();
    const decided = new Set(earlier?.content.outcomes.map(({ account }) => account));
    const open = accounts.filter((account) => !decided.has(account));

    const abortSignal =
      context && AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - TIME_TO_RECORD));
    const pack = new ReportPackWriter();
    const polled = await pollAccounts(
      open,
      date,
      { ...collector, serviceCredentials, onStored: pack.add.bind(pack) },
      { abortSignal, concurrency },
    );
    for (const result of polled) log('polled account', { run, batch, waited, ...result });

    const next = nextPoll(waited, waiting, batch);
    const outcomes = polled.flatMap((result) => {
      if (result.outcome !== 'pending') return result;
      return next ? [] : toFailure(result);
    });
    const [recorded] = await Promise.all([
      file.add(outcomes, earlier),
      pack.write(bucket, run, batch, waited),
    ]);
    return {
      decided: recorded.length,
      pending: accounts.length - recorded.length,
      waitSeconds: next?.waitSeconds ?? 0,
      waited: next?.waited ?? waited,
    };
  };

/**
 * The batch that an event names.
 * @throws {@link InvalidInput} if the event does not come from the run, or if the run is finished: its reports are evidence
 */
async function batchOf(bucket: ReportBucket, { run, ledger, batch }: CollectReportsEvent): Promise<Batch> {
  const { content } = await bucket.getJson(keys.batch(run, batch), Batch);
  if (content.run !== run || content.ledger !== ledger || content.batch !== batch)
    throw new InvalidInput(`The event does not come from run ${run}: its ledger is not that of the batch`);
  if (await bucket.exists(keys.view(run)))
    throw new InvalidInput(`Run ${run} is finished, so nothing is collected for it any more`);
  return content;
}

/**
 * Polls every account once, and then polls again those whose report had time to be generated while the others were polled.
 * The second poll needs no waiting and, because sessions are cached, no call to STS.
 */
async function pollAccounts(
  accounts: string[],
  date: string,
  collector: Collector,
  { concurrency, ...options }: { concurrency: number; abortSignal: AbortSignal | undefined },
): Promise<(Outcome | Pending)[]> {
  const first = await pMap(
    accounts,
    async (account) => ({ result: await pollAccount(account, date, collector, options), at: Date.now() }),
    { concurrency },
  );
  return pMap(
    first,
    ({ result, at }) =>
      result.outcome === 'pending' && result.reason === 'not-ready' && Date.now() - at >= TIME_TO_GENERATE
        ? pollAccount(result.account, date, collector, options)
        : result,
    { concurrency },
  );
}
