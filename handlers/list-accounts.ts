import { type Account, OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { ledgerAccount } from './account-selection';
import { type Batch, type Ledger, ListAccountsEvent, type Run, keys } from './contract';
import { log } from './log';
import { ReportBucket } from './report-bucket';
import { settings, validated } from './validation';

/** Files of batches that are written at the same time. */
const CONCURRENT_WRITES = 20;

export interface Lister {
  organizations: OrganizationsClient;
  bucket: ReportBucket;
  batchSize: number;
}

/** Writes the ledger of the run, every account that the organization has, and the batches to collect. */
export const listAccounts =
  ({ organizations, bucket, batchSize }: Lister) =>
  async (event: unknown): Promise<Run> => {
    const { execution, startTime, selection } = validated(
      ListAccountsEvent,
      event,
      'The event of list-accounts',
    );
    const date = startTime.slice(0, 'YYYY-MM-DD'.length);
    const run = keys.run(date, execution);

    const accounts = (await everyAccount(organizations))
      .map((account) => ledgerAccount(account, selection))
      .sort((a, b) => a.id.localeCompare(b.id));
    const expected = accounts.filter(({ skip }) => skip === undefined).map(({ id }) => id);
    const batches = Array.from({ length: Math.ceil(expected.length / batchSize) }, (_, index): Batch => ({
      batch: index + 1,
      accounts: expected.slice(index * batchSize, (index + 1) * batchSize),
    }));

    await bucket.putJson(keys.ledger(run), { execution, date, accounts } satisfies Ledger);
    await pMap(batches, (batch) => bucket.putJson(keys.batch(run, batch.batch), batch), {
      concurrency: CONCURRENT_WRITES,
    });

    const skipped = accounts.length - expected.length;
    log('listed accounts', { run, expected: expected.length, skipped, batches: batches.length });
    return { date, run, expected: expected.length, skipped, batches: batches.map(({ batch }) => batch) };
  };

async function everyAccount(client: OrganizationsClient): Promise<Account[]> {
  // An account comes up twice when the list changes between two of its pages.
  const accounts = new Map<string | undefined, Account>();
  // A page may be empty and still not be the last.
  for await (const page of paginateListAccounts({ client, pageSize: 20 }, {})) {
    for (const account of page.Accounts ?? []) accounts.set(account.Id, account);
  }
  return [...accounts.values()];
}

let list: ReturnType<typeof listAccounts> | undefined;

/** Entry of the Lambda function; clients are made at the first event and kept. */
export const handler = async (event: unknown): Promise<Run> => {
  list ??= fromEnvironment();
  return list(event);
};

function fromEnvironment(): ReturnType<typeof listAccounts> {
  const { REPORT_BUCKET, BATCH_SIZE } = settings('REPORT_BUCKET', 'BATCH_SIZE');
  return listAccounts({
    // ListAccounts may be called 8 times a second with bursts of 12; a long list waits its turn
    // (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html).
    organizations: new OrganizationsClient({ maxAttempts: 10 }),
    bucket: new ReportBucket(new S3Client({}), REPORT_BUCKET),
    batchSize: Number(BATCH_SIZE),
  });
}
