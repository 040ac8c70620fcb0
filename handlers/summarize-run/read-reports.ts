import pMap, { pMapIterable } from 'p-map';
import { keys, prefixes, batchOfReportPack } from '../shared/bucket-layout';
import { type BatchOutcomes, ReportPack } from '../shared/run-files';
import type { ReconciledAccount } from '../core/reconcile';
import { log } from '../shared/log';
import type { ReportBucket } from '../shared/aws/report-bucket';

/** Objects that are read at the same time. */
export const CONCURRENT_READS = 16;
/** Reports that may wait for their turn, 5 MB each at worst: it bounds the memory, whatever the organization. */
const WAITING_REPORTS = 24;
/** Batches whose small reports are read ahead of the one that is gone through; each is some 30 MB at worst. */
const WAITING_BATCHES = 2;

export interface WithReport {
  account: ReconciledAccount;
  /** Nothing if there is none, or not any more. */
  content: Uint8Array | undefined;
}

interface BatchOfRun {
  batch: number;
  accounts: ReconciledAccount[];
}

/** Every account in its order, with its report where there is one. */
export async function* withReports(
  bucket: ReportBucket,
  { run, date }: { run: string; date: string },
  accounts: readonly ReconciledAccount[],
  outcomes: readonly BatchOutcomes[],
): AsyncGenerator<WithReport> {
  const folder = prefixes.reportPacks(run);
  const kept = await readOr([], folder, () => bucket.list(folder));
  const files = Map.groupBy(kept, batchOfReportPack);
  const batches = pMapIterable(
    inBatches(accounts, outcomes),
    async ({ batch, accounts }) => ({
      accounts,
      small: await reportPack(bucket, files.get(batch) ?? []),
    }),
    { concurrency: WAITING_BATCHES },
  );
  for await (const { accounts, small } of batches) {
    yield* pMapIterable(
      accounts,
      async (account) => ({
        account,
        content:
          account.outcome === 'collected'
            ? (small.get(account.id) ?? (await bucket.get(keys.report(date, account.id))))
            : undefined,
      }),
      { concurrency: CONCURRENT_READS, backpressure: WAITING_REPORTS },
    );
  }
}

/** Batches are made in the order of the accounts; accounts that are in none go with those before them. */
function inBatches(accounts: readonly ReconciledAccount[], outcomes: readonly BatchOutcomes[]): BatchOfRun[] {
  const batchOf = new Map(
    outcomes.flatMap(({ batch, outcomes }) => outcomes.map(({ account }) => [account, batch])),
  );
  const batches: BatchOfRun[] = [];
  for (const account of accounts) {
    const last = batches.at(-1);
    const batch = batchOf.get(account.id) ?? last?.batch ?? 0;
    if (last?.batch === batch) last.accounts.push(account);
    else batches.push({ batch, accounts: [account] });
  }
  return batches;
}

async function reportPack(bucket: ReportBucket, files: readonly string[]): Promise<Map<string, Buffer>> {
  const looks = await pMap(
    files,
    (file) => readOr({}, file, async () => (await bucket.getJson(file, ReportPack)).content),
    { concurrency: CONCURRENT_READS },
  );
  return new Map(
    looks.flatMap((reports) =>
      Object.entries(reports).map(([account, text]) => [account, Buffer.from(text)] as const),
    ),
  );
}

/**
 * What there is of small reports; without them the reports are read one by one. An error can quote what it could not
 * read: only its name is told.
 */
async function readOr<Result>(
  otherwise: Result,
  where: string,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    log('small reports cannot be read', { where, error: error instanceof Error ? error.name : 'unknown' });
    return otherwise;
  }
}
