import type { Evidence } from '../core/manifest';
import type { ListedObject, ReportBucket } from '../shared/aws/report-bucket';
import { sha256Of } from '../shared/hash';
import { isDamaged, unlessDamaged } from './damaged';
import type { OtherRuns } from './history/other-runs';

/**
 * Larger objects are neither reports nor lists, bytes: reports have 5 MB at most. Many of them are in memory at the same time.
 */
const MAX_BYTES = 16 * 1024 * 1024;

/** Stands for what was found in words that are compared. */
const FOUND = '\0';

/** An object that a run stored, as the outcome of its account names it. */
export interface StoredEvidence {
  /** Account ID. */
  readonly id: string;
  readonly collectedAt: string;
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly versionId?: string | undefined;
  readonly etag: string;
}

/** What the objects are, and what an account fails as without its own. */
interface Kind<Reason> {
  readonly name: string;
  readonly missing: Reason;
  readonly changed: Reason;
}

export const REPORT = { name: 'report', missing: 'report-missing', changed: 'report-changed' } as const;
export const SERVICE_CREDENTIALS = {
  name: 'list of service-specific credentials',
  missing: 'list-missing',
  changed: 'list-changed',
} as const;

export interface Unusable<Reason> {
  reason: Reason;
  detail: string;
}

/** What became of an object that was stored. */
export type FoundEvidence<Reason> = { content: Uint8Array; evidence: Evidence } | Unusable<Reason>;

/**
 * Why the manifest of the run says that an account, or its list, was not usable; undefined if it does not say that, or if
 * the run has no manifest yet.
 */
export type EarlierVerdict<Reason> = (account: string) => Unusable<Reason> | undefined;

/** What became of the report of a collected account. */
export type FoundReport = FoundEvidence<'report-missing' | 'report-changed'>;

/**
 * Reads what was collected and compares it with its outcomes: the summary believes what is in the bucket, not what somebody
 * wrote about it.
 */
export class CollectedEvidence<Reason> {
  /**
   * @param listed - the objects of the kind and the date that are in the bucket, by key
   * @param otherRuns - tells whether another run of the date stored an object
   * @param earlierVerdict - what the run itself said, if it is reviewed again
   */
  constructor(
    private readonly kind: Kind<Reason>,
    private readonly bucket: ReportBucket,
    private readonly listed: ReadonlyMap<string, ListedObject>,
    private readonly otherRuns: OtherRuns,
    private readonly earlierVerdict: EarlierVerdict<Reason> = () => undefined,
  ) {}

  /**
   * @param copy - what the object must be if its hash is right. It is used only if nobody has replaced the object, and if it
   * has the size and the hash of the outcome.
   */
  async of(stored: StoredEvidence, copy?: Uint8Array): Promise<FoundEvidence<Reason>> {
    const found = await this.find(stored, copy);
    if ('evidence' in found && found.evidence === 'verified') return found;
    return this.repeatedVerdict(stored) ?? found;
  }

  /** Whether the object is the one that the run stored: nobody has replaced it. */
  isUnchanged({ key, bytes, etag }: StoredEvidence): boolean {
    const listed = this.listed.get(key);
    return listed?.bytes === bytes && listed.etag === etag;
  }

  private async find(stored: StoredEvidence, copy?: Uint8Array): Promise<FoundEvidence<Reason>> {
    const { id, key, sha256, versionId } = stored;
    if (!this.listed.has(key)) return this.missing(stored);
    // A copy of another size proves nothing, even if the outcome has its hash.
    if (copy?.length === stored.bytes && this.isUnchanged(stored) && sha256Of(copy) === sha256)
      return { content: copy, evidence: 'verified' };
    const current = await this.current(stored);
    if (!current) return this.missing(stored);
    if ('reason' in current) return current;
    const found = sha256Of(current);
    if (found === sha256) return { content: current, evidence: 'verified' };
    if (!(await this.otherRuns.stored(id, found, stored.collectedAt)))
      return this.changed(stored, `${current.length} bytes with SHA-256 ${found}`);

    if (versionId === undefined) return { content: current, evidence: 'superseded-not-verifiable' };
    const own = await unlessDamaged(
      () => this.bucket.get(key, { versionId }),
      () => undefined,
    );
    if (own && sha256Of(own) === sha256) return { content: own, evidence: 'superseded' };
    return this.versionGone(stored);
  }

  /**
   * The object in the bucket. If somebody replaced it by one that cannot be read, or that is too large, the
   * account fails; if the object of the run cannot be read, something is wrong with the deployment and can be repaired.
   */
  private async current(stored: StoredEvidence): Promise<Uint8Array | Unusable<Reason> | undefined> {
    const { key } = stored;
    const bytes = this.listed.get(key)?.bytes ?? 0;
    if (bytes > MAX_BYTES && bytes !== stored.bytes) return this.changed(stored, `${bytes} bytes`);
    try {
      return await this.bucket.get(key);
    } catch (error) {
      if (!isDamaged(error) || this.isUnchanged(stored)) throw error;
      return this.changed(stored, `an object that cannot be read (${error.name})`);
    }
  }

  /**
   * A run that was still storing reports while this one was reviewed had not noted yet which ones, so that they seemed to be
   * somebody else's. What the review said then stands, in words that only the object found can have changed.
   */
  private repeatedVerdict(stored: StoredEvidence): Unusable<Reason> | undefined {
    const verdict = this.earlierVerdict(stored.id);
    const possible = [this.missing(stored), this.versionGone(stored), this.changed(stored, FOUND)];
    const isPossible = ({ reason, detail }: Unusable<Reason>) => {
      const [before = '', after = ''] = detail.split(FOUND);
      return (
        verdict?.reason === reason && verdict.detail.startsWith(before) && verdict.detail.endsWith(after)
      );
    };
    return possible.some(isPossible) ? verdict : undefined;
  }

  private missing({ collectedAt }: StoredEvidence): Unusable<Reason> {
    const detail = `The ${this.kind.name} was stored at ${collectedAt} and is no longer in the bucket.`;
    return { reason: this.kind.missing, detail };
  }

  private versionGone({ collectedAt, versionId }: StoredEvidence): Unusable<Reason> {
    const detail =
      `A later run of this date replaced the ${this.kind.name} that was stored at ${collectedAt}, and its version ` +
      `${versionId} is gone, or cannot be read.`;
    return { reason: this.kind.changed, detail };
  }

  private changed({ collectedAt, bytes, sha256 }: StoredEvidence, found: string): Unusable<Reason> {
    const detail =
      `The ${this.kind.name} that was stored at ${collectedAt} has ${bytes} bytes and SHA-256 ${sha256}; ` +
      `the bucket has ${found}, which no later run of this date stored.`;
    return { reason: this.kind.changed, detail };
  }
}
