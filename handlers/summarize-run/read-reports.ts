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
  const batchOf = new Map(
    outcomes.flatMap(({ batch, outcomes }) => outcomes.map(({ account }) => [account, batch])),
  );
  const packedIn = new Map<number, Promise<Map<string, Buffer>>>();
  const packed = async (account: string): Promise<Buffer | undefined> => {
    const batch = batchOf.get(account) ?? 0;
    const packs = packedIn.get(batch) ?? readPacks(bucket, readable(batch, packsByBatch.get(batch) ?? []));
    packedIn.set(batch, packs);
    return (await packs).get(account);
  };
  const read = async (account: ReconciledAccount): Promise<AccountAndReport> => {
    if (account.outcome === 'skipped') return { account };
    if (account.outcome === 'failed') return { account, kept: await kept.of(account.id) };
    const found = await evidence.of(account, await packed(account.id));
    if ('reason' in found) return { account, found, kept: await kept.of(account.id) };
    return { account, found, ...(lists && { serviceCredentials: await lists.of(account) }) };
  };
  yield* pMapIterable(accounts, read, { concurrency: CONCURRENT_READS, backpressure: REPORTS_AHEAD });
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
