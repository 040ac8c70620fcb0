import { open } from 'node:fs/promises';
import { differenceOf, isSame } from '../verify/evidence-store';
import { type Finding, finding, reasonOf } from '../verify/findings';
import type { S3Store } from '../verify/s3-store';
import type { RecordedFile } from './check-run';

export interface DownloadProps {
  /** The file that is made, in a folder for what is not verified yet; it must not exist. */
  readonly path: string;
  readonly isExpired: boolean;
  readonly onBytes: (bytes: number) => void;
}

/** Ends a download: somebody may have put terabytes there. */
class TooLong extends Error {}

/**
 * Downloads an object piece by piece, and hashes it meanwhile.
 * @returns what is wrong with it; nothing if it is as recorded
 * @throws if the file cannot be written
 */
export async function download(
  store: Pick<S3Store, 'read'>,
  { key, ...recorded }: RecordedFile,
  { path, isExpired, onBytes }: DownloadProps,
): Promise<Finding | undefined> {
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  let writeError: Error | undefined;
  try {
    const found = await store.read(key, async (piece) => {
      bytes += piece.length;
      if (bytes > recorded.bytes) throw new TooLong();
      await file.writeFile(piece).catch((error: unknown) => {
        throw (writeError = error as Error);
      });
      onBytes(piece.length);
    });
    if (isSame(found, recorded)) return undefined;
    if (found) return finding('altered', key, differenceOf(found, recorded));
    return isExpired
      ? finding('expired', key, 'older than the retention period')
      : finding('missing', key, 'it does not exist');
  } catch (error) {
    if (writeError) throw writeError;
    return error instanceof TooLong
      ? finding('altered', key, `it has more than the ${recorded.bytes} bytes that were recorded`)
      : finding('unreadable', key, reasonOf(error));
  } finally {
    await file.close();
  }
}
