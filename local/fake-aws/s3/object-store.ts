import { createHash } from 'node:crypto';
import type { Objects } from './objects';
import { NO_VERSION, byAge, newVersionId } from './version-id';

/** An object, or one of its versions. */
export interface StoredObject {
  content: Buffer;
  etag: string;
  modified: Date;
  /** Absent in a bucket without versions. */
  versionId: string | undefined;
}

/** A version of an object, or a delete marker, in a list. */
export interface ListedVersion {
  /** Path below the folder that was listed. */
  rest: string;
  id: string;
  isMarker: boolean;
  isLatest: boolean;
}

export interface Removed {
  /** The version that was removed or, if none was named, the delete marker that hides the object now. */
  versionId: string | undefined;
  isMarker: boolean;
}

/** What marks a version as a delete marker. */
const MARKER = '.deleted';

/**
 * Objects and, if there is an archive, their versions. The latest version is the object itself, as in a bucket without
 * versions; the archive has the others at `PATH.versions/ID`, and the ID of the latest at `PATH.versions/latest`.
 */
export class ObjectStore {
  constructor(
    private readonly objects: Objects,
    private readonly archive?: Objects,
  ) {}

  latest(path: string): StoredObject | undefined {
    const content = this.objects.get(path);
    if (!content) return undefined;
    const versionId = this.archive && this.latestId(path).id;
    return { content, etag: etagOf(content), modified: this.objects.modified(path), versionId };
  }

  version(path: string, id: string): StoredObject | 'marker' | undefined {
    const latest = this.latest(path);
    if ((latest?.versionId ?? NO_VERSION) === id && latest) return latest;
    if (!this.archive) return undefined;
    if (this.hasMarker(path, id)) return 'marker';
    const place = versionPath(path, id);
    const content = this.archive.get(place);
    return (
      content && { content, etag: etagOf(content), modified: this.archive.modified(place), versionId: id }
    );
  }

  /** Writes an object and returns the ID of the new version. */
  write(path: string, content: Buffer): string | undefined {
    const id = this.archive && newVersionId();
    if (id) this.archiveLatest(path, id);
    this.objects.put(path, content);
    return id;
  }

  /** Removes an object or, if there are versions, hides it. */
  remove(path: string): Removed {
    const versionId = this.archive && newVersionId();
    if (versionId) this.archiveLatest(path, versionId + MARKER);
    this.objects.remove(path);
    return { versionId, isMarker: versionId !== undefined };
  }

  /** Removes one version for ever. */
  removeVersion(path: string, versionId: string): Removed {
    const isMarker = this.hasMarker(path, versionId);
    if (this.latestId(path).id === versionId) {
      this.objects.remove(path);
      this.restoreNewest(path);
    } else {
      this.archive?.remove(versionPath(path, versionId + (isMarker ? MARKER : '')));
    }
    return { versionId, isMarker };
  }

  /** Every object below a folder, with its size. */
  below(folder: string): [rest: string, size: number][] {
    return this.objects.below(folder);
  }

  /** Every version and delete marker below a folder, those of an object newest first. */
  versionsBelow(folder: string): ListedVersion[] {
    const present = this.objects.below(folder).map(([rest]) => {
      return { rest, id: this.latestId(folder + rest).id, isMarker: false, isLatest: true };
    });
    const archived = (this.archive?.below(folder) ?? []).flatMap(([place]): ListedVersion[] => {
      const [, rest = '', name = ''] = /^(.*)\.versions\/([^/]+)$/s.exec(place) ?? [];
      if (name !== 'latest') return [{ rest, ...parsed(name), isLatest: false }];
      const latest = this.latestId(folder + rest);
      return latest.isMarker ? [{ rest, ...latest, isLatest: true }] : [];
    });
    return [...present, ...archived].sort((one, other) =>
      one.rest === other.rest ? byAge(one.id, other.id) : one.rest < other.rest ? -1 : 1,
    );
  }

  /** When a delete marker was set. */
  markedAt(path: string, id: string): Date {
    const place = this.latestId(path).id === id ? latestPath(path) : versionPath(path, id + MARKER);
    return this.archive?.modified(place) ?? new Date(0);
  }

  private hasMarker(path: string, id: string): boolean {
    const latest = this.latestId(path);
    return latest.id === id
      ? latest.isMarker
      : this.archive?.get(versionPath(path, id + MARKER)) !== undefined;
  }

  private latestId(path: string) {
    return parsed(this.archive?.get(latestPath(path))?.toString() ?? NO_VERSION);
  }

  private archiveLatest(path: string, next: string): void {
    const { id, isMarker } = this.latestId(path);
    const content = this.objects.get(path);
    if (content) this.archive?.put(versionPath(path, id), content, this.objects.modified(path));
    else if (isMarker)
      this.archive?.put(versionPath(path, id + MARKER), Buffer.alloc(0), this.markedAt(path, id));
    this.archive?.put(latestPath(path), Buffer.from(next));
  }

  private restoreNewest(path: string): void {
    const { archive } = this;
    const names = (archive?.below(versionPath(path, '')) ?? []).map(([name]) => name);
    const versions = names.filter((name) => name !== 'latest' && !name.includes('/'));
    const [newest] = versions.sort((one, other) => byAge(parsed(one).id, parsed(other).id));
    if (newest === undefined) {
      archive?.remove(latestPath(path));
      return;
    }
    const place = versionPath(path, newest);
    const modified = archive?.modified(place);
    const content = archive?.get(place);
    if (content && !parsed(newest).isMarker) this.objects.put(path, content, modified);
    archive?.put(latestPath(path), Buffer.from(newest), modified);
    archive?.remove(place);
  }
}

const versionPath = (path: string, name: string) => `${path}.versions/${name}`;
const latestPath = (path: string) => versionPath(path, 'latest');

function parsed(name: string): { id: string; isMarker: boolean } {
  const isMarker = name.endsWith(MARKER);
  return { id: isMarker ? name.slice(0, -MARKER.length) : name, isMarker };
}

const etags = new WeakMap<Buffer, string>();

export function etagOf(content: Buffer): string {
  const etag = etags.get(content) ?? `"${createHash('md5').update(content).digest('hex')}"`;
  etags.set(content, etag);
  return etag;
}
