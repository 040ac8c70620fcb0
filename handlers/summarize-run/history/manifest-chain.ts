import {
  MANIFEST_VERSION,
  Manifest,
  type ManifestReference,
  RECENT_RUNS,
  type RecentRun,
} from '../../core/manifest';
import type { ListedObject, ReportBucket } from '../../shared/aws/report-bucket';
import { LAST_MANIFEST, keys, numberOfManifest, prefixes } from '../../shared/bucket-layout';
import { free } from '../../shared/free';
import { sha256Of, textOf } from '../../shared/hash';
import { jsonBytes } from '../../shared/json-bytes';
import { InvalidInput } from '../../shared/validation';
import { unlessDamaged } from '../damaged';
import { remembered } from './remembered-runs';

/** A manifest in the bucket. */
export interface RecordedManifest {
  key: string;
  sha256: string;
  manifest: Manifest;
}

/** A manifest without its accounts, which are nearly all of its size. */
export interface ManifestHead {
  key: string;
  sha256: string;
  manifest: Omit<Manifest, 'accounts'>;
}

/** A manifest that cannot be used, and why. */
export interface UnusableManifest {
  key: string;
  /** Null if it could not be read. */
  sha256: string | null;
  problem: string;
}

/** The newest manifest that can be used, and the newer ones that cannot; both empty in a new chain. */
export interface NewestManifests {
  usable?: ManifestHead;
  unusable: UnusableManifest[];
}

type RunIdentity = Pick<Manifest, 'date' | 'execution'>;

/** What a manifest says about its place among the others. */
export type ChainPlace = Pick<Manifest, 'number' | 'previous' | 'recent'>;

/**
 * The manifests of an environment. Each names the hash of the one before, and no number is used twice, so that runs that
 * overlap make no fork.
 */
export class ManifestChain {
  /** Every manifest that was read. */
  private readonly heads = new Map<string, ManifestHead>();
  private readonly added = new Set<string>();
  /** The manifest that was read or written last: in a large organization it is some 25 MB. */
  private last: RecordedManifest | undefined;
  private listed: ReadonlyMap<string, ListedObject> = new Map();

  /**
   * @param runStartedAt - when the ledger of the run was written, ms since 1970, as S3 says; not known by default
   */
  constructor(
    private readonly bucket: ReportBucket,
    private readonly environment: string,
    private readonly runStartedAt = Infinity,
  ) {}

  /** @param before - number of the manifest that those have to precede */
  async newest(before = Infinity): Promise<NewestManifests> {
    const unusable: UnusableManifest[] = [];
    for (const key of (await this.keys(before)).reverse().slice(0, RECENT_RUNS)) {
      const found = this.heads.get(key) ?? (await this.at(key));
      if ('manifest' in found) return { usable: found, unusable };
      unusable.push(found);
    }
    return { unusable };
  }

  /** The manifest of a run that a later manifest names; undefined if it cannot be used or was changed since. */
  async of({ number, sha256 }: RecentRun): Promise<RecordedManifest | undefined> {
    const found = await this.at(keys.manifest(this.environment, number));
    return 'manifest' in found && found.sha256 === sha256 ? found : undefined;
  }

  /**
   * A manifest by its key. Whatever is wrong with it is returned, not thrown: comparison must not end a run. Only an error
   * that may be over soon is thrown, and one about a manifest that may be that of this run: it would be recorded twice.
   */
  async at(key: string): Promise<RecordedManifest | UnusableManifest> {
    if (this.last?.key === key) return this.last;
    const found = await this.readManifest(key);
    if ('manifest' in found) this.keep(found);
    return found;
  }

  /** Frees the memory of the accounts of the manifest that was read last. */
  release(): void {
    this.last = undefined;
  }

  private keep(recorded: RecordedManifest): void {
    const { accounts: _accounts, ...manifest } = recorded.manifest;
    this.heads.set(recorded.key, { ...recorded, manifest });
    this.last = recorded;
  }

  /**
   * Adds a manifest. Of two runs that end together, the one that loses takes the next number.
   * @param manifestAt - the manifest of the run at a place
   * @param newest - the newest manifests, as of a moment ago; they are looked up by default
   * @returns the manifest; that of another try of the same run, if one was added meanwhile
   */
  async append(
    manifestAt: (place: ChainPlace) => Manifest,
    newest?: NewestManifests,
  ): Promise<RecordedManifest> {
    for (let last = newest ?? (await this.newest()); ; last = await this.newest()) {
      const manifest = manifestAt(this.placeAfter(last));
      const existing = await this.findFrom(last.usable, manifest);
      if (existing) return existing;
      const key = keys.manifest(this.environment, manifest.number);
      const body = jsonBytes(manifest);
      if (await this.bucket.create(key, body, { ContentType: 'application/json' })) {
        const recorded = { key, sha256: sha256Of(body), manifest };
        this.keep(recorded);
        this.added.add(key);
        return recorded;
      }
    }
  }

  /**
   * The manifest of a run.
   * @param isOld - look beyond the recent ones too, through the whole chain
   */
  async find(run: RunIdentity, isOld = false): Promise<RecordedManifest | undefined> {
    return this.findFrom((await this.newest()).usable, run, isOld);
  }

  private async findFrom(
    newest: ManifestHead | undefined,
    { date, execution }: RunIdentity,
    isOld = false,
  ): Promise<RecordedManifest | undefined> {
    let head = newest;
    while (head) {
      const runs = recentRuns(head);
      const run = runs.find((run) => run.date === date && run.execution === execution);
      if (run) return this.of(run);
      const oldest = runs.at(-1);
      if (!isOld || !oldest || oldest.number >= head.manifest.number) return undefined;
      head = await this.of(oldest);
    }
    return undefined;
  }

  /** Whether this chain added the manifest itself. */
  hasAdded({ key }: RecordedManifest): boolean {
    return this.added.has(key);
  }

  /**
   * The place of a manifest that exists.
   * @param number - that of the manifest
   */
  async placeOf(number: number): Promise<ChainPlace> {
    return this.placeAfter(await this.newest(number));
  }

  private placeAfter({ usable, unusable }: NewestManifests): ChainPlace {
    const last = unusable[0] ?? usable;
    const lastNumber = last === undefined ? 0 : (numberOfManifest(last.key) ?? 0);
    if (last && lastNumber === LAST_MANIFEST)
      throw new InvalidInput(`${this.bucket.url(last.key)} leaves no number for another manifest: remove it`);
    const previous: ManifestReference | null = last ? { key: last.key, sha256: last.sha256 } : null;
    return { number: lastNumber + 1, previous, recent: remembered(recentRuns(usable)) };
  }

  private async keys(before: number): Promise<string[]> {
    this.listed = await this.bucket.objects(prefixes.manifests(this.environment));
    const numbered = [...this.listed.keys()].flatMap((key) => {
      const number = numberOfManifest(key) ?? before;
      return number < before ? [{ key, number }] : [];
    });
    return numbered.sort((a, b) => a.number - b.number).map(({ key }) => key);
  }

  private async readManifest(key: string): Promise<RecordedManifest | UnusableManifest> {
    const content = await unlessDamaged<Uint8Array<ArrayBuffer> | string | undefined>(
      () => this.bucket.get(key),
      (error) => {
        // It may be that of another try of this run, which must not get a second one, or of a run that is newer.
        if ((this.listed.get(key)?.modifiedAt ?? 0) > this.runStartedAt)
          throw new Error(`${key} was written during this run and cannot be read: ${String(error)}`, {
            cause: error,
          });
        return `it cannot be read: ${String(error)}`;
      },
    );
    if (typeof content === 'string') return { key, sha256: null, problem: content };
    if (!content) return { key, sha256: null, problem: 'it is gone' };
    const sha256 = sha256Of(content);
    const text = textOf(content);
    free(content);
    const parsed = parseManifest(text);
    if (typeof parsed === 'string') return { key, sha256, problem: parsed };
    if (parsed.environment !== this.environment)
      return { key, sha256, problem: `it belongs to the environment ${parsed.environment}` };
    if (parsed.number !== numberOfManifest(key))
      return { key, sha256, problem: `it has the number ${parsed.number}` };
    return { key, sha256, manifest: parsed };
  }
}

/** Runs, the one that started last first. Of two that started at the same moment, the one that ended last. */
export const byStart = (runs: readonly RecentRun[]): RecentRun[] =>
  [...runs].sort(
    (a, b) => Number(a.startedAt < b.startedAt) - Number(a.startedAt > b.startedAt) || b.number - a.number,
  );

/** The runs that a manifest knows, newest first: its own and those before. */
export function recentRuns(newest: ManifestHead | undefined): RecentRun[] {
  if (!newest) return [];
  const { sha256, manifest } = newest;
  const { number, date, execution, startedAt, recent } = manifest;
  return [{ number, sha256, date, execution, startedAt }, ...recent];
}

/** The manifest, or what is wrong with it. */
function parseManifest(content: string): Manifest | string {
  if (content === '') return 'it is empty';
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return 'it is not valid JSON';
  }
  const { version } = Object(value) as { version?: unknown };
  if (typeof version === 'number' && version > MANIFEST_VERSION)
    return `a newer version of this project wrote it, in format ${version}`;
  const { success, data, error } = Manifest.safeParse(value);
  return success
    ? data
    : `it is not a manifest of version ${MANIFEST_VERSION} (${error.issues.length} problems)`;
}
