import type { CollectedAccount } from '../core/reconcile';
import type { Evidence } from '../core/manifest';
import type { ListedObject, ReportBucket } from '../shared/aws/report-bucket';
import { sha256Of } from '../shared/hash';
import { log } from '../shared/log';
import { isDamaged, unlessDamaged } from './damaged';
import type { OtherRuns } from './history/other-runs';

/**
 * Larger objects are no reports, bytes: those have 5 MB at most. Many of them are in memory at the same time.
 */
const MAX_REPORT_BYTES = 16 * 1024 * 1024;

interface UnusableReport {
  reason: 'report-missing' | 'report-changed';
  detail: string;
}

/** What became of the report of a collected account. */
export type FoundReport = { content: Uint8Array; evidence: Evidence } | UnusableReport;

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
    const current = await this.current(account);
    if (!current) return missing(account);
    if ('reason' in current) return current;
    const found = sha256Of(current);
    if (found === sha256) return { content: current, evidence: 'verified' };
    if (!(await this.otherRuns.stored(id, found, account.collectedAt)))
      return changed(account, `${current.length} bytes with SHA-256 ${found}`);

    if (versionId === undefined) return { content: current, evidence: 'superseded-not-verifiable' };
    const own = await unlessDamaged(
      () => this.bucket.get(key, { versionId }),
      () => undefined,
    );
    if (own && sha256Of(own) === sha256) return { content: own, evidence: 'superseded' };
    return versionGone(account);
  }

  /**
   * The object in the bucket. If somebody replaced it by one that cannot be read, or that is too large to be a report, the
   * account fails; if the object of the run cannot be read, something is wrong with the deployment and can be repaired.
   */
  private async current(account: CollectedAccount): Promise<Uint8Array | UnusableReport | undefined> {
    const { key } = account;
    const bytes = this.listed.get(key)?.bytes ?? 0;
    if (bytes > MAX_REPORT_BYTES && bytes !== account.bytes) return changed(account, `${bytes} bytes`);
    try {
      return await this.bucket.get(key);
    } catch (error) {
      if (!isDamaged(error) || this.isUnchanged(account)) throw error;
      return changed(account, `an object that cannot be read (${error.name})`);
    }
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

const versionGone = ({ collectedAt, versionId }: CollectedAccount): UnusableReport => ({
  reason: 'report-changed',
  detail:
    `A later run of this date replaced the report that was stored at ${collectedAt}, and its version ${versionId} ` +
    'is gone, or cannot be read.',
});

const changed = ({ collectedAt, bytes, sha256 }: CollectedAccount, found: string): UnusableReport => ({
  reason: 'report-changed',
  detail:
    `The report that was stored at ${collectedAt} has ${bytes} bytes and SHA-256 ${sha256}; ` +
    `the bucket has ${found}, which no later run of this date stored.`,
});
