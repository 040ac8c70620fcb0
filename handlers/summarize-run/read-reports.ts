import pMap, { pMapIterable } from 'p-map';
import type { ReconciledAccount } from '../core/reconcile';
import type { FoundServiceCredentials } from '../core/service-credentials';
import type { ListedObject, ReportBucket } from '../shared/aws/report-bucket';
import { batchOfReportPack, prefixes } from '../shared/bucket-layout';
import { log } from '../shared/log';
import { type BatchOutcomes, ReportPack } from '../shared/run-files';
import { CONCURRENT_READS } from './concurrency';
import type { KeptReport, KeptReports } from './history/kept-reports';
import type { ServiceCredentialReader } from './read-service-credentials';
import type { CollectedEvidence, FoundReport } from './report-evidence';

/** Reports that may be in memory before they are reviewed. Each is 5 MB at most, so this bounds the memory. */
const REPORTS_AHEAD = 24;
/** Batches whose report packs are read before their turn. */
const BATCHES_AHEAD = 2;
/** Most that the packs of a batch are read for, bytes: those of 500 small reports have 8 MB, and more with many quotes. */
const MAX_PACKED_BYTES = 32 * 1024 * 1024;

export interface AccountAndReport {
  account: ReconciledAccount;
  /** What became of the report of a collected account. */
  found?: FoundReport;
  /** Its service-specific credentials, if the run lists them. */
  serviceCredentials?: FoundServiceCredentials;
  /** The report that an earlier run of the day collected; only for an account that failed. */
  kept?: KeptReport | undefined;
}

interface BatchOfAccounts {
  batch: number;
  accounts: ReconciledAccount[];
}

export interface ReportReader {
  bucket: ReportBucket;
  evidence: CollectedEvidence<'report-missing' | 'report-changed'>;
  /** Absent if the run does not list service-specific credentials. */
  lists: ServiceCredentialReader | undefined;
  kept: KeptReports;
}

/** Every account in order, with its report if there is one. */
export async function* readReports(
  { bucket, evidence, lists, kept }: ReportReader,
  run: string,
  accounts: readonly ReconciledAccount[],
  outcomes: readonly BatchOutcomes[],
): AsyncGenerator<AccountAndReport> {
  const folder = prefixes.reportPacks(run);
  const packs = await readOr([], folder, async () => [...(await bucket.objects(folder))]);
  const packsByBatch = Map.groupBy(packs, ([key]) => batchOfReportPack(key));
  const batches = pMapIterable(
    inBatches(accounts, outcomes),
    async ({ batch, accounts }) => ({
      accounts,
      packed: await readPacks(bucket, readable(batch, packsByBatch.get(batch) ?? [])),
    }),
    { concurrency: BATCHES_AHEAD },
  );
  const read = async (
    account: ReconciledAccount,
    packed: ReadonlyMap<string, Buffer>,
  ): Promise<AccountAndReport> => {
    if (account.outcome === 'skipped') return { account };
    if (account.outcome === 'failed') return { account, kept: await kept.of(account.id) };
    const found = await evidence.of(account, packed.get(account.id));
    if ('reason' in found) return { account, found, kept: await kept.of(account.id) };
    return { account, found, ...(lists && { serviceCredentials: await lists.of(account) }) };
  };
  for await (const { accounts, packed } of batches) {
    yield* pMapIterable(accounts, (account) => read(account, packed), {
      concurrency: CONCURRENT_READS,
      backpressure: REPORTS_AHEAD,
    });
  }
}

/** Batches follow the order of the accounts. An account that is in no batch goes with those before it. */
function inBatches(
  accounts: readonly ReconciledAccount[],
  outcomes: readonly BatchOutcomes[],
): BatchOfAccounts[] {
  const batchOf = new Map(
    outcomes.flatMap(({ batch, outcomes }) => outcomes.map(({ account }) => [account, batch])),
  );
  const batches: BatchOfAccounts[] = [];
  for (const account of accounts) {
    const last = batches.at(-1);
    const batch = batchOf.get(account.id) ?? last?.batch ?? 0;
    if (last?.batch === batch) last.accounts.push(account);
    else batches.push({ batch, accounts: [account] });
  }
  return batches;
}

/** The packs of a batch, if they have a size that `collect-reports` can have written: nothing depends on a pack. */
function readable(batch: number, packs: readonly [key: string, object: ListedObject][]): string[] {
  const bytes = packs.reduce((sum, [, object]) => sum + object.bytes, 0);
  if (bytes <= MAX_PACKED_BYTES) return packs.map(([key]) => key);
  log('report packs are too large; reports are read one by one', { batch, bytes });
  return [];
}

async function readPacks(bucket: ReportBucket, files: readonly string[]): Promise<Map<string, Buffer>> {
  const packs = await pMap(
    files,
    (file) => readOr({}, file, async () => (await bucket.getJson(file, ReportPack)).content),
    { concurrency: CONCURRENT_READS },
  );
  return new Map(
    packs.flatMap((pack) =>
      Object.entries(pack).map(([account, text]) => [account, Buffer.from(text)] as const),
    ),
  );
}

/**
 * Reads report packs, or returns a default so that the reports are read one by one. Only the name of an error is logged,
 * because its message can quote the report.
 */
async function readOr<Result>(
  otherwise: Result,
  where: string,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    log('could not read report packs; reports are read one by one', { where, error: name });
    return otherwise;
  }
}
