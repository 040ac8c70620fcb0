import { type Account, ListAccountsCommand, type OrganizationsClient } from '@aws-sdk/client-organizations';
import pMap from 'p-map';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { keys, runPrefixOf } from '../shared/bucket-layout';
import { ListAccountsEvent, type Run } from '../shared/events';
import { log } from '../shared/log';
import type { Batch, Ledger, LedgerAccount } from '../shared/run-files';
import { validated } from '../shared/validation';
import { ledgerAccount } from './account-selection';
import { ReportPrefetch, type ReportPrefetchProps } from './report-prefetch';
import { LIST_ACCOUNTS_QUOTA } from './settings';
import { TokenBucket } from './token-bucket';

/** Batch files written at the same time. */
const CONCURRENT_WRITES = 20;

/** Most accounts in a page (https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html). */
const PAGE_SIZE = 20;

export interface ListAccountsProps extends Pick<ReportPrefetchProps, 'requestReports'> {
  organizations: OrganizationsClient;
  bucket: ReportBucket;
  /** Accounts in a batch. */
  batchSize: number;
  /**
   * Pages of accounts requested per second.
   * @default - no limit
   */
  pagesPerSecond?: number;
}

/** Writes the ledger of the run, which has every account of the organization, and the batches to collect. */
export const listAccounts =
  ({ organizations, bucket, batchSize, pagesPerSecond = Infinity, requestReports }: ListAccountsProps) =>
  async (event: unknown): Promise<Run> => {
    const { execution, startTime, selection } = validated(
      ListAccountsEvent,
      event,
      'The event of list-accounts',
    );
    const date = new Date(startTime).toISOString().slice(0, 'YYYY-MM-DD'.length);
    const runPrefix = runPrefixOf(date, execution);

    // An organization that changes while it is listed may show an account on two pages.
    const listed = new Map<string, LedgerAccount>();
    const prefetch = new ReportPrefetch({ runPrefix, batchSize, requestReports });
    const tokens = new TokenBucket({ perSecond: pagesPerSecond, burst: LIST_ACCOUNTS_QUOTA.burst });
    for await (const page of accountPages(organizations, tokens)) {
      const accounts = page.map((account) => ledgerAccount(account, selection));
      for (const account of accounts) listed.set(account.id, account);
      prefetch.add(expectedIds(accounts));
    }
    const accounts = [...listed.values()].sort((a, b) => a.id.localeCompare(b.id));
    const expected = expectedIds(accounts);
    const batches = batchesOf(expected, batchSize);

    await bucket.putJson(keys.ledger(runPrefix), { execution, date, accounts } satisfies Ledger);
    await pMap(batches, (batch) => bucket.putJson(keys.batch(runPrefix, batch.batch), batch), {
      concurrency: CONCURRENT_WRITES,
    });

    await prefetch.done();
    const skipped = accounts.length - expected.length;
    log('listed accounts', { runPrefix, expected: expected.length, skipped, batches: batches.length });
    return {
      date,
      runPrefix,
      expected: expected.length,
      skipped,
      batches: batches.map(({ batch }) => batch),
    };
  };

const expectedIds = (accounts: readonly LedgerAccount[]) =>
  accounts.filter(({ skip }) => skip === undefined).map(({ id }) => id);

function batchesOf(accounts: readonly string[], size: number): Batch[] {
  return Array.from({ length: Math.ceil(accounts.length / size) }, (_, index) => ({
    batch: index + 1,
    accounts: accounts.slice(index * size, (index + 1) * size),
  }));
}

/** The client retries a page that is throttled, so the listing never starts over. */
async function* accountPages(client: OrganizationsClient, tokens: TokenBucket): AsyncGenerator<Account[]> {
  let NextToken: string | undefined;
  do {
    await tokens.take();
    const page = await client.send(new ListAccountsCommand({ MaxResults: PAGE_SIZE, NextToken }));
    // A page may be empty and still not be the last one.
    yield page.Accounts ?? [];
    ({ NextToken } = page);
  } while (NextToken);
}
