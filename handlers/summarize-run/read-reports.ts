import { pMapIterable } from 'p-map';
import type { ReconciledAccount } from '../core/reconcile';
import type { FoundServiceCredentials } from '../core/service-credentials';
import type { ReportReview } from '../report-review/report-review';
import { log } from '../shared/log';
import { CONCURRENT_READS } from './concurrency';
import type { KeptReport, KeptReports } from './history/kept-reports';
import type { ServiceCredentialReader, UnchangedList } from './read-service-credentials';
import type { CollectedEvidence, FoundReport } from './report-evidence';
import type { StoredReviews } from './stored-reviews';

/** Reports that may be in memory before they are reviewed. Each is 5 MB at most, so this bounds the memory. */
const REPORTS_AHEAD = 24;

/** A review that was made when the report was stored. Neither the report nor the list has been replaced since. */
export interface FoundReview {
  review: ReportReview;
  evidence: 'verified';
}

export interface AccountAndReport {
  account: ReconciledAccount;
  /** What became of the report of a collected account. */
  found?: FoundReport | FoundReview;
  /** Its service-specific credentials, if the run lists them. With a review, they are part of that. */
  serviceCredentials?: FoundServiceCredentials | UnchangedList;
  /** The report that an earlier run of the day collected; only for an account that failed. */
  kept?: KeptReport | undefined;
}

export interface ReportReader {
  evidence: CollectedEvidence<'report-missing' | 'report-changed'>;
  /** Absent if the run does not list service-specific credentials. */
  lists: ServiceCredentialReader | undefined;
  kept: KeptReports;
}

/** Every account in order, with its report, or the review of it, if there is one. */
export async function* readReports(
  { evidence, lists, kept }: ReportReader,
  accounts: readonly ReconciledAccount[],
  reviews: StoredReviews,
): AsyncGenerator<AccountAndReport> {
  let again = 0;
  /** One account after the other: the files of reviews are read in their order. */
  async function* reviewed(): AsyncGenerator<AccountAndReport> {
    for (const account of accounts) yield (await withReview(account)) ?? { account };
  }
  const withReview = async (account: ReconciledAccount): Promise<AccountAndReport | undefined> => {
    if (account.outcome !== 'collected' || account.review === undefined) return undefined;
    const review = evidence.isUnchanged(account) ? await reviews.of(account) : undefined;
    const list = lists?.unchanged(account);
    if (review && (!lists || list))
      return {
        account,
        found: { review, evidence: 'verified' },
        ...(list && { serviceCredentials: list }),
      };
    again++;
    return undefined;
  };
  const read = async (one: AccountAndReport): Promise<AccountAndReport> => {
    const { account, found: known } = one;
    if (known || account.outcome === 'skipped') return one;
    if (account.outcome === 'failed') return { account, kept: await kept.of(account.id) };
    const found = await evidence.of(account);
    if ('reason' in found) return { account, found, kept: await kept.of(account.id) };
    return { account, found, ...(lists && { serviceCredentials: await lists.of(account) }) };
  };
  yield* pMapIterable(reviewed(), read, { concurrency: CONCURRENT_READS, backpressure: REPORTS_AHEAD });
  if (again > 0) log('reviewed reports again: their reviews are missing or not usable', { reports: again });
}
