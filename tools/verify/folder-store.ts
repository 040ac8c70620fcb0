import { createHash } from 'node:crypto';
import { type FileHandle, open, opendir, readFile, readdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Digest, EvidenceStore, ObjectVersion } from './evidence-store';

/** Bytes of a file that are in memory at once. */
const PIECE_BYTES = 256 * 1024;

/** A file that does not exist, or something below a file. */
const ABSENT = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'];

/** A folder into which a bucket was downloaded. It has the current objects, and no versions. */
export class FolderStore implements EvidenceStore {
  readonly hasVersions = false;
  readonly concurrency = 8;

  constructor(readonly name: string) {}

  async folders(prefix: string): Promise<string[]> {
    const entries = await unlessAbsent(readdir(this.path(prefix), { withFileTypes: true }));
    return (entries ?? [])
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  }

  async *versions(): AsyncGenerator<ObjectVersion> {
    // A folder has none.
  }

  async *keys(prefix: string): AsyncGenerator<string> {
    const folder = await unlessAbsent(opendir(this.path(prefix)));
    if (!folder) return;
    const inner: string[] = [];
    for await (const entry of folder) {
      if (entry.isDirectory()) inner.push(`${prefix}${entry.name}/`);
      else yield `${prefix}${entry.name}`;
    }
    for (const one of inner) yield* this.keys(one);
  }

  async content(key: string): Promise<Uint8Array | undefined> {
    return this.isInside(key) ? unlessAbsent(readFile(this.path(key))) : undefined;
  }

  async digest(key: string): Promise<Digest | undefined> {
    const file = this.isInside(key) ? await unlessAbsent(open(this.path(key))) : undefined;
    if (!file) return undefined;
    try {
      return await unlessAbsent(digestOf(file));
    } finally {
      await file.close();
    }
  }

  private path(key: string): string {
    return join(this.name, key);
  }

  /** A forged manifest can name any key. */
  private isInside(key: string): boolean {
    const path = relative(resolve(this.name), resolve(this.path(key))).split(sep);
    return path[0] !== '..' && path.join('/') === key;
  }
}

async function digestOf(file: FileHandle): Promise<Digest> {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, (await file.stat()).size + 1));
  for (let bytes = 0; ;) {
    const { bytesRead } = await file.read(piece);
    if (bytesRead === 0) return { bytes, sha256: hash.digest('hex') };
    hash.update(piece.subarray(0, bytesRead));
    bytes += bytesRead;
  }
}

async function unlessAbsent<Result>(result: Promise<Result>): Promise<Result | undefined> {
  try {
    return await result;
  } catch (error) {
    if (ABSENT.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
