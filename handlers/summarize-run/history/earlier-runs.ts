import type { EarlierManifest } from '../../core/changes';
import type { HistoryRun } from '../../core/history';
import type { FileOfRun, Manifest, RecentRun } from '../../core/manifest';
import type { ReportBucket } from '../../shared/aws/report-bucket';
import { keys } from '../../shared/bucket-layout';
import { log } from '../../shared/log';
import { earlierHistory } from './earlier-history';
import { EarlierSnapshot } from './earlier-snapshot';
import {
  type ManifestChain,
  type ManifestHead,
  type RecordedManifest,
  byStart,
  recentRuns,
} from './manifest-chain';
import { storedSnapshot } from './stored-snapshot';

/** Runs before the newest one whose history is tried: each of their manifests may have 25 MB. */
const OLDER_HISTORIES = 3;

/** The run that changes are told against. */
export interface EarlierRun {
  manifest: EarlierManifest;
  /** Hash of its manifest. */
  sha256: string;
  snapshot: EarlierSnapshot;
}

/**
 * The runs before this one. Whatever is wrong with one of them, the next older one is used instead, and that is told:
 * comparison is a help and never ends a run.
 */
export class EarlierRuns {
  /** What was skipped, and why. */
  readonly notes: string[] = [];

  private constructor(
    private readonly bucket: ReportBucket,
    private readonly chain: ManifestChain,
    private readonly environment: string,
    private readonly newest: ManifestHead | undefined,
  ) {}

  private get recent(): readonly RecentRun[] {
    return recentRuns(this.newest);
  }

  /** @param before - number of the manifest that the run has already: what came after it does not count */
  static async read(
    bucket: ReportBucket,
    chain: ManifestChain,
    environment: string,
    before?: number,
  ): Promise<EarlierRuns> {
    const { usable, unusable } = await chain.newest(before);
    const runs = new EarlierRuns(bucket, chain, environment, usable);
    for (const { key, problem } of unusable) runs.skip(key, problem);
    return runs;
  }

  /** The newest usable run of an earlier date: within a day, nothing that the day has told may vanish. */
  async before(date: string): Promise<EarlierRun | undefined> {
    for (const run of byStart(this.recent.filter((run) => run.date < date))) {
      const recorded = await this.manifestOf(run);
      const snapshot = recorded && (await this.snapshotOf(recorded.manifest));
      if (snapshot) return { manifest: partsOf(recorded.manifest), sha256: recorded.sha256, snapshot };
    }
    return undefined;
  }

  /**
   * The history that the newest run wrote; that of an older one if it cannot be read, without the runs between. A run that wrote
   * none ends the search.
   */
  async history(): Promise<HistoryRun[]> {
    for (const run of this.recent.slice(0, 1 + OLDER_HISTORIES)) {
      const files = await this.filesOf(run);
      if (!files) continue;
      const file = files.find(({ key }) => key.endsWith('/history.jsonl'));
      if (!file) return [];
      const found = await earlierHistory(this.bucket, file);
      if (typeof found !== 'string') return found;
      this.note(`The trend lacks runs, because ${file.key} cannot be used: ${found}.`);
    }
    return [];
  }

  /** The whole manifest of the newest run may be large, and its head is here already; undefined if it cannot be used. */
  private async filesOf(run: RecentRun): Promise<readonly FileOfRun[] | undefined> {
    if (run.sha256 === this.newest?.sha256) return this.newest.manifest.files;
    const found = await this.chain.at(keys.manifest(this.environment, run.number));
    return 'problem' in found || found.sha256 !== run.sha256 ? undefined : found.manifest.files;
  }

  /** Whether a run had ended when this was read. */
  knows({ sha256 }: RecentRun): boolean {
    return this.recent.some((run) => run.sha256 === sha256);
  }

  /** Hash of the manifest before this one; empty if there is none. */
  get newestHash(): string {
    return this.newest?.sha256 ?? '';
  }

  /** Hashes of the manifests of the finished runs of a date. */
  hashesOf(date: string): string[] {
    return this.recent.filter((run) => run.date === date).map(({ sha256 }) => sha256);
  }

  /** The finished runs of a date, newest first. */
  async *of(date: string): AsyncGenerator<RecordedManifest, undefined> {
    for (const run of byStart(this.recent.filter((run) => run.date === date))) {
      const recorded = await this.manifestOf(run);
      if (recorded) yield recorded;
    }
  }

  private async manifestOf({ number, sha256 }: RecentRun): Promise<RecordedManifest | undefined> {
    const key = keys.manifest(this.environment, number);
    const found = await this.chain.at(key);
    if (!('problem' in found) && found.sha256 === sha256) return found;
    this.skip(key, 'problem' in found ? found.problem : 'it was changed after it was written');
    return undefined;
  }

  private async snapshotOf({ files }: Manifest): Promise<EarlierSnapshot | undefined> {
    const file = files.find(({ key }) => key.endsWith('/snapshot.jsonl'));
    if (!file) return undefined;
    const found = await storedSnapshot(this.bucket, file, this.environment);
    if (typeof found !== 'string') return found;
    this.skip(file.key, found);
    return undefined;
  }

  private skip(key: string, problem: string): void {
    this.note(`Not compared with ${key}: ${problem}.`);
  }

  private note(note: string): void {
    if (this.notes.includes(note)) return;
    this.notes.push(note);
    log('skipped a file of an earlier run', { note });
  }
}

function partsOf({ date, execution, startedAt, accounts }: Manifest): EarlierManifest {
  return {
    date,
    execution,
    startedAt,
    accounts: accounts.map(({ id, name, outcome }) => ({ id, name, outcome })),
  };
}
