import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Of } from '../../../handlers/shared/hash';
import { download } from '../../../tools/report/download';
import { temporaryFolder } from '../../../tools/support/embedded';
import type { S3Store } from '../../../tools/verify/s3-store';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const PIECE = Buffer.alloc(64 * 1024, 'x');

/** An object of pieces, each of which is made when it is read. */
function objectOf(pieces: number, onRead: (piece: number) => void = () => undefined): Pick<S3Store, 'read'> {
  return {
    read: async (_key, onPiece) => {
      for (let piece = 0; piece < pieces; piece++) {
        onRead(piece);
        await onPiece(PIECE);
      }
      return { bytes: pieces * PIECE.length, sha256: sha256Of(Buffer.alloc(pieces * PIECE.length, 'x')) };
    },
  };
}

const recordedOf = (pieces: number) => ({
  ...{ name: 'findings.csv' as const, key: 'runs/r/findings.csv', bytes: pieces * PIECE.length },
  sha256: sha256Of(Buffer.alloc(pieces * PIECE.length, 'x')),
});
let files = 0;
const propsOf = (path = join(folder, `file-${files++}`)) => ({
  ...{ path, isExpired: false },
  onBytes: () => undefined,
});

describe('a download', () => {
  it('writes each piece before it reads the next, for its owner only', async () => {
    const props = propsOf();
    const sizes: number[] = [];
    const store = objectOf(4, () => sizes.push(statSync(props.path).size));
    expect(await download(store, recordedOf(4), props)).toBeUndefined();
    expect(sizes).toEqual([0, 1, 2, 3].map((pieces) => pieces * PIECE.length));
    expect(readFileSync(props.path)).toHaveLength(4 * PIECE.length);
    expect(statSync(props.path).mode & 0o777).toBe(0o600);
  });

  it('ends at the first byte too many, however long the object is', async () => {
    let read = 0;
    const store = objectOf(1_000_000, () => read++);
    expect(await download(store, recordedOf(2), propsOf())).toEqual({
      ...{ status: 'altered', key: 'runs/r/findings.csv' },
      detail: `it has more than the ${2 * PIECE.length} bytes that were recorded`,
    });
    expect(read).toBe(3);
  });

  it('tells why an object could not be read, which accuses nobody', async () => {
    const lost = objectOf(2, (piece) => {
      if (piece === 1) throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
    });
    expect(await download(lost, recordedOf(2), propsOf())).toEqual({
      ...{ status: 'unreadable', key: 'runs/r/findings.csv', detail: 'TimeoutError: socket hang up' },
    });
  });

  it('fails if the file cannot be written, which says nothing about the object', async () => {
    const { path } = propsOf();
    await download(objectOf(1), recordedOf(1), propsOf(path));
    await expect(download(objectOf(1), recordedOf(1), propsOf(path))).rejects.toThrow(/^EEXIST/);
    const unwritable: Pick<S3Store, 'read'> = {
      read: async (_key, onPiece) => {
        await onPiece({ length: 1 } as Uint8Array);
        return undefined;
      },
    };
    await expect(download(unwritable, recordedOf(1), propsOf())).rejects.toThrow(/^The "data" argument/);
  });
});
