import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type Account, ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { ledgerAccount } from './account-selection';
import { ReportPrefetch, type ReportPrefetchProps } from './report-prefetch';
import { keys, runPrefixOf } from '../shared/bucket-layout';
import { ListAccountsEvent, type Run } from '../shared/events';
import type { Batch, Ledger, LedgerAccount } from '../shared/run-files';
import { connections } from '../shared/aws/http-handler';
import { log } from '../shared/log';
import { TokenBucket } from './token-bucket';
import { ReportBucket } from '../shared/aws/report-bucket';
import { settings, validated } from '../shared/validation';

/** Files of batches that are written at the same time. */
const CONCURRENT_WRITES = 20;

export interface Lister extends Pick<ReportPrefetchProps, 'requestReports'> {
  organizations: OrganizationsClient;
  bucket: ReportBucket;
  batchSize: number;
  /**
   * Pages that are asked for in a second.
   * @default - as many as are answered
   */
  pagesPerSecond?: number;
}

/** Most accounts in a page (https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html). */
const PAGE = 20;

/**
 * How often ListAccounts is called: 8 times a second, as AWS allows, and 10 times at once where AWS allows 12,
 * so that something is left to others
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html).
 */
export const QUOTA = { perSecond: 8, burst: 10 };

/** Writes the ledger of the run, every account that the organization has, and the batches to collect. */
export const listAccounts =
  ({ organizations, bucket, batchSize, pagesPerSecond = Infinity, requestReports }: Lister) =>
  async (event: unknown): Promise<Run> => {
    const { execution, startTime, selection } = validated(
      ListAccountsEvent,
      event,
      'The event of list-accounts',
    );
    const date = new Date(startTime).toISOString().slice(0, 'YYYY-MM-DD'.length);
    const run = runPrefixOf(date, execution);

    // An organization that changes while it is listed may show an account on two pages.
    const listed = new Map<string, LedgerAccount>();
    const ahead = new ReportPrefetch({ run, size: batchSize, requestReports });
    const pace = new TokenBucket({ perSecond: pagesPerSecond, burst: QUOTA.burst });
    for await (const page of pages(organizations, pace)) {
      const accounts = page.map((account) => ledgerAccount(account, selection));
      for (const account of accounts) listed.set(account.id, account);
      ahead.add(expectedOf(accounts));
    }
    const accounts = [...listed.values()].sort((a, b) => a.id.localeCompare(b.id));
    const expected = expectedOf(accounts);
    const batches = Array.from({ length: Math.ceil(expected.length / batchSize) }, (_, index): Batch => ({
      batch: index + 1,
      accounts: expected.slice(index * batchSize, (index + 1) * batchSize),
    }));

    await bucket.putJson(keys.ledger(run), { execution, date, accounts } satisfies Ledger);
    await pMap(batches, (batch) => bucket.putJson(keys.batch(run, batch.batch), batch), {
      concurrency: CONCURRENT_WRITES,
    });

    await ahead.arrived();
    const skipped = accounts.length - expected.length;
    log('listed accounts', { run, expected: expected.length, skipped, batches: batches.length });
    return { date, run, expected: expected.length, skipped, batches: batches.map(({ batch }) => batch) };
  };

const expectedOf = (accounts: readonly LedgerAccount[]) =>
  accounts.filter(({ skip }) => skip === undefined).map(({ id }) => id);

/**
 * Throttling is waited out by the client, page by page: what was listed is kept, and no page is left out or
 * listed twice.
 */
async function* pages(client: OrganizationsClient, pace: TokenBucket): AsyncGenerator<Account[]> {
  let NextToken: string | undefined;
  do {
    await pace.turn();
    const page = await client.send(new ListAccountsCommand({ MaxResults: PAGE, NextToken }));
    // A page may be empty and still not be the last.
    yield page.Accounts ?? [];
    ({ NextToken } = page);
  } while (NextToken);
}

let list: ReturnType<typeof listAccounts> | undefined;

/** Entry of the Lambda function; clients are made at the first event and kept. */
export const handler = async (event: unknown): Promise<Run> => {
  list ??= fromEnvironment();
  return list(event);
};

function fromEnvironment(): ReturnType<typeof listAccounts> {
  const { REPORT_BUCKET, BATCH_SIZE, REQUEST_REPORTS_FUNCTION } = settings('REPORT_BUCKET', 'BATCH_SIZE', 'REQUEST_REPORTS_FUNCTION');
  const requestHandler = connections();
  const lambda = new LambdaClient({ requestHandler });
  return listAccounts({
    // Others share the quota: a page may be refused many times before its turn comes.
    organizations: new OrganizationsClient({ requestHandler, maxAttempts: 10 }),
    bucket: new ReportBucket(new S3Client({ requestHandler }), REPORT_BUCKET),
    batchSize: Number(BATCH_SIZE),
    pagesPerSecond: Number(process.env.PAGES_PER_SECOND ?? QUOTA.perSecond),
    requestReports: (event) =>
      lambda.send(
        new InvokeCommand({
          FunctionName: REQUEST_REPORTS_FUNCTION,
          InvocationType: 'Event',
          Payload: JSON.stringify(event),
        }),
      ),
  });
}
