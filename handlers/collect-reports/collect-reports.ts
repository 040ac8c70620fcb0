import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import type { Context } from 'aws-lambda';
import pMap from 'p-map';
import { type Collector, pollAccount } from './poll-account';
import { BatchOutcomesFile } from './outcomes-file';
import { connections } from '../shared/aws/http-handler';
import { keys } from '../shared/bucket-layout';
import { CollectReportsEvent, type PollResult } from '../shared/events';
import { Batch, type Outcome } from '../shared/run-files';
import { type Pending, toFailure } from './classify-error';
import { log } from '../shared/log';
import { nextPoll } from './poll-schedule';
import { ReportBucket } from '../shared/aws/report-bucket';
import { ReportRoleSession } from '../shared/aws/report-role-session';
import { ReportPackWriter } from './report-pack';
import { settings, validated } from '../shared/validation';

/** What is kept of the function's time to record the outcomes, ms. */
const TIME_TO_RECORD = 20_000;

/**
 * What IAM needs for the report of a small account, ms (measured once: Generate answered COMPLETE 2 s after
 * the request, https://github.com/radkawar/stackd/blob/main/testdata/aws/iam/credential_report.json).
 */
const TIME_TO_MAKE_REPORT = 2_000;

/** One look at every account of a batch that is not decided yet. */
export const collectReports =
  (collector: Collector, concurrency: number) =>
  async (event: unknown, context?: Pick<Context, 'getRemainingTimeInMillis'>): Promise<PollResult> => {
    const { date, run, batch, waited, waiting } = validated(
      CollectReportsEvent,
      event,
      'The event of collect-reports',
    );
    const { accounts } = (await collector.bucket.getJson(keys.batch(run, batch), Batch)).content;
    const file = new BatchOutcomesFile(collector.bucket, run, batch);
    const known = waited > 0 ? await file.read() : undefined;
    const decided = new Set(known?.content.outcomes.map(({ account }) => account));
    const open = accounts.filter((account) => !decided.has(account));

    const abortSignal =
      context && AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - TIME_TO_RECORD));
    const small = new ReportPackWriter();
    const looks = await pollAccounts(
      open,
      date,
      { ...collector, stored: small.add.bind(small) },
      { abortSignal, concurrency },
    );
    for (const look of looks) log('looked at account', { run, batch, waited, ...look });

    const next = nextPoll(waited, waiting, batch);
    const outcomes = looks.flatMap((look) => ('outcome' in look ? look : next ? [] : toFailure(look)));
    const [all] = await Promise.all([
      file.add(outcomes, known),
      small.store(collector.bucket, run, batch, waited),
    ]);
    return {
      decided: all.length,
      pending: accounts.length - all.length,
      waitSeconds: next?.waitSeconds ?? 0,
      waited: next?.waited ?? waited,
    };
  };

/**
 * Looks at every account once, and then once more at those whose report had the time to be made while the
 * others were asked: that look costs no waiting and, in the session that is kept, no call of STS.
 */
async function pollAccounts(
  accounts: string[],
  date: string,
  collector: Collector,
  { concurrency, ...options }: { concurrency: number; abortSignal: AbortSignal | undefined },
): Promise<(Outcome | Pending)[]> {
  const asked = await pMap(
    accounts,
    async (account) => ({ look: await pollAccount(account, date, collector, options), at: Date.now() }),
    { concurrency },
  );
  return pMap(
    asked,
    ({ look, at }) =>
      'pending' in look && look.pending === 'not-ready' && Date.now() - at >= TIME_TO_MAKE_REPORT
        ? pollAccount(look.account, date, collector, options)
        : look,
    { concurrency },
  );
}

let collect: ReturnType<typeof collectReports> | undefined;

/** Entry of the Lambda function; clients are made at the first event and kept. */
export const handler = async (event: unknown, context?: Context): Promise<PollResult> => {
  collect ??= fromEnvironment();
  return collect(event, context);
};

function fromEnvironment(): ReturnType<typeof collectReports> {
  const { REPORT_BUCKET, REPORT_ROLE_NAME, PARTITION, CONCURRENCY } = settings(
    'REPORT_BUCKET',
    'REPORT_ROLE_NAME',
    'PARTITION',
    'CONCURRENCY',
  );
  const requestHandler = connections();
  const role = { partition: PARTITION, name: REPORT_ROLE_NAME, ownAccount: process.env.OWN_ACCOUNT };
  return collectReports(
    {
      sessions: new ReportRoleSession(new STSClient({ requestHandler }), role, requestHandler),
      bucket: new ReportBucket(new S3Client({ requestHandler }), REPORT_BUCKET),
      now: () => new Date(),
      rootRow: PARTITION !== 'aws-cn',
    },
    Number(CONCURRENCY),
  );
}
