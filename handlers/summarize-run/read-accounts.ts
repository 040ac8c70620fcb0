import pMap from 'p-map';
import type { FileOfRun } from '../core/manifest';
import { type ReconciledAccount, type outcomesThatCount, ownBatches, reconcile } from '../core/reconcile';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { prefixes, runOf } from '../shared/bucket-layout';
import { BatchOutcomes, type Ledger } from '../shared/run-files';

/** Files that are read at the same time: that of a batch has some hundred KB. */
const CONCURRENT_FILES = 64;

/**
 * The accounts of the ledger with their outcomes, and the files of the outcomes that count, in the order of the batches.
 * @param counts - see {@link outcomesThatCount}
 */
export async function readAccounts(
  bucket: ReportBucket,
  ledger: Ledger,
  counts: ReturnType<typeof outcomesThatCount>,
): Promise<{ accounts: ReconciledAccount[]; files: FileOfRun[] }> {
  const recorded = await pMap(
    await bucket.list(prefixes.outcomes(runOf(ledger.date, ledger.execution))),
    async (key) => ({ key, ...(await bucket.getJson(key, BatchOutcomes)) }),
    { concurrency: CONCURRENT_FILES },
  );
  const own = ownBatches(ledger);
  const ofOwn = recorded.filter(({ content }) => own.has(content.batch));
  const outcomes = ofOwn.flatMap(({ content: { batch, outcomes } }) =>
    outcomes.filter((outcome) => counts(batch, outcome)),
  );
  return {
    accounts: reconcile(ledger, outcomes),
    files: ofOwn.map(({ key, bytes, sha256 }) => ({ key, bytes, sha256 })),
  };
}
