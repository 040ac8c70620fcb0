import { pMapIterable } from 'p-map';
import type { ReconciledAccount } from '../core/reconcile';
import type { FoundServiceCredentials } from '../core/service-credentials';
import type { ReportBucket } from '../shared/aws/report-bucket';
import type { BatchOutcomes } from '../shared/run-files';
import { CONCURRENT_READS } from './concurrency';
import type { KeptReport, KeptReports } from './history/kept-reports';
import { PackedReports } from './packed-reports';
import type { ServiceCredentialReader } from './read-service-credentials';
import type { CollectedEvidence, FoundReport } from './report-evidence';

/** Reports that may be in memory before they are reviewed. Each is 5 MB at most, so this bounds the memory. */
const REPORTS_AHEAD = 24;

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
  const packed = await PackedReports.find(bucket, run, outcomes);
  const read = async (account: ReconciledAccount): Promise<AccountAndReport> => {
    if (account.outcome === 'skipped') return { account };
    if (account.outcome === 'failed') return { account, kept: await kept.of(account.id) };
    const found = await evidence.of(account, await packed.of(account.id));
    if ('reason' in found) return { account, found, kept: await kept.of(account.id) };
    return { account, found, ...(lists && { serviceCredentials: await lists.of(account) }) };
  };
  yield* pMapIterable(accounts, read, { concurrency: CONCURRENT_READS, backpressure: REPORTS_AHEAD });
}
