import type { CollectedAccount } from '../core/reconcile';
import type { Evidence } from '../core/manifest';
import type { ListedObject, ReportBucket } from '../shared/aws/report-bucket';
import { sha256Of } from '../shared/hash';
import { log } from '../shared/log';
import type { OtherRuns } from './history/other-runs';
import { recordedReport } from './history/recorded-report';

/** What became of the report of a collected account. */
export type FoundReport =
  | { content: Uint8Array; evidence: Evidence }
  | { reason: 'report-missing' | 'report-changed'; detail: string };

/**
 * Reads reports and compares them with their outcomes: the summary believes what is in the bucket, not what somebody
 * wrote about it.
 */
export class ReportEvidence {
  /**
   * @param listed - the reports of the date that are in the bucket, by key
   * @param otherRuns - tells whether another run of the date stored a report
   */
  constructor(
    private readonly bucket: ReportBucket,
    private readonly listed: ReadonlyMap<string, ListedObject>,
    private readonly otherRuns: OtherRuns,
  ) {}

  /**
   * @param copy - a copy of the report, made for speed. It is used only if nobody has replaced the report, and if it has the
   * hash of the outcome.
   */
  async of(account: CollectedAccount, copy: Uint8Array | undefined): Promise<FoundReport> {
    const { id, key, sha256, versionId } = account;
    if (!this.listed.has(key)) return missing(account);
    if (copy && this.isUnchanged(account)) {
      if (sha256Of(copy) === sha256) return { content: copy, evidence: 'verified' };
      log('the copy of a report differs from its outcome; the report is read instead', { account: id, key });
    }
    const current = await this.bucket.get(key);
    if (!current) return missing(account);
    const found = sha256Of(current);
    if (found === sha256) return { content: current, evidence: 'verified' };
    if (!(await this.otherRuns.stored(id, found))) return changed(account, current, found);

    if (versionId === undefined) return { content: current, evidence: 'superseded-not-verifiable' };
    const own = await recordedReport(this.bucket, account);
    return own ? { content: own, evidence: 'superseded' } : versionMissing(account);
  }

  private isUnchanged({ key, bytes, etag }: CollectedAccount): boolean {
    const listed = this.listed.get(key);
    return listed?.bytes === bytes && listed.etag === etag;
  }
}

const missing = ({ collectedAt }: CollectedAccount): FoundReport => ({
  reason: 'report-missing',
  detail: `The report was stored at ${collectedAt} and is no longer in the bucket.`,
});

const versionMissing = ({ collectedAt, versionId }: CollectedAccount): FoundReport => ({
  reason: 'report-missing',
  detail:
    `Another run of this date replaced the report that was stored at ${collectedAt}, and its version ${versionId} ` +
    'is no longer in the bucket.',
});

const changed = (
  { collectedAt, bytes, sha256 }: CollectedAccount,
  current: Uint8Array,
  found: string,
): FoundReport => ({
  reason: 'report-changed',
  detail:
    `The report that was stored at ${collectedAt} has ${bytes} bytes and SHA-256 ${sha256}; ` +
    `the bucket has ${current.length} bytes with SHA-256 ${found}, which no run of this date stored.`,
});
