import { createHash } from 'node:crypto';
import type { FileOfRun } from '../core/manifest';
import type { ReportBucket } from '../shared/aws/report-bucket';
import { type RunFile, keys } from '../shared/bucket-layout';
import { sha256Of } from '../shared/hash';
import type { ObjectUpload, UploadedObject } from '../shared/aws/object-upload';
import { problemOfFile } from './recorded-file';

/** Digits of the hash that names the folder of a summary: enough for the few tries of one run. */
const FOLDER_DIGITS = 16;

/** What a summary is made from. The same sources give the same folder. */
export interface Sources {
  /** Number of earlier tries that found files of other bytes under the keys that they wrote. */
  attempt: number;
  productVersion: string;
  ledger: string;
  /** Hashes of the outcomes, in their order. */
  outcomes: readonly string[];
  /** What is in the bucket. */
  collected: Iterable<readonly [key: string, object: { bytes: number; etag: string }]>;
  /** Hashes of the earlier manifests that are used. */
  earlier: readonly string[];
}

/**
 * The files that a summary writes, with their sizes and hashes. Their folder is named after what they are made from:
 * another try that finds other sources, for example after a repair, writes other keys. The hash of the content itself
 * cannot be in the key, because it is known only when a table of any size has been sent. So a try may find files of
 * other bytes, if another one read something else meanwhile: they are never replaced, and the try has to start again.
 */
export class WrittenFiles {
  private readonly files: FileOfRun[] = [];
  private readonly folder: string;

  /** @param isDry - nothing is sent: the files are those of a run that has them, and only their hashes are wanted */
  constructor(
    private readonly bucket: ReportBucket,
    private readonly run: string,
    sources: Sources,
    private readonly isDry = false,
  ) {
    this.folder = folderOf(sources);
  }

  /** The files so far, by key: several may be written at the same time. */
  get written(): FileOfRun[] {
    return this.files.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  }

  key(file: RunFile): string {
    return keys.runFile(this.run, this.folder, file);
  }

  upload(file: RunFile, contentType: string): FileUpload {
    const key = this.key(file);
    const upload = this.isDry ? new HashOnly() : this.bucket.upload(key, contentType);
    return {
      write: (text) => upload.write(text),
      abort: () => upload.abort(),
      complete: async () => {
        const { isCreated, ...file } = await upload.complete();
        await this.add({ key, ...file }, isCreated);
      },
    };
  }

  async put(file: RunFile, text: string, contentType: string): Promise<void> {
    const key = this.key(file);
    const body = Buffer.from(text);
    const sha256 = sha256Of(body);
    const isCreated = this.isDry || (await this.bucket.create(key, body, { ContentType: contentType }));
    await this.add({ key, bytes: body.length, sha256 }, isCreated);
  }

  /** @throws {@link OtherContent} */
  private async add(file: FileOfRun, isCreated: boolean): Promise<void> {
    // An object that existed is right if it has the same bytes, for example because the response to its upload was lost.
    if (!isCreated && (await problemOfFile(this.bucket, file)) !== undefined)
      throw new OtherContent(file.key);
    this.files.push(file);
  }
}

/** Another try of the run has written other bytes under a key. */
export class OtherContent extends Error {
  override readonly name = 'OtherContent';
}

/** A file that is written piece by piece and appears when it is complete. */
export type FileUpload = Pick<ObjectUpload, 'write' | 'abort'> & { complete: () => Promise<void> };

/** An upload that sends nothing. */
class HashOnly implements Pick<ObjectUpload, 'write' | 'abort' | 'complete'> {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  write(text: string): Promise<void> {
    this.hash.update(text);
    this.bytes += Buffer.byteLength(text);
    return Promise.resolve();
  }

  complete(): Promise<UploadedObject> {
    return Promise.resolve({ bytes: this.bytes, sha256: this.hash.digest('hex'), isCreated: true });
  }

  abort(): Promise<void> {
    return Promise.resolve();
  }
}

function folderOf({ attempt, productVersion, ledger, outcomes, collected, earlier }: Sources): string {
  const hash = createHash('sha256').update(
    JSON.stringify([attempt, productVersion, ledger, outcomes, earlier]),
  );
  for (const [key, { bytes, etag }] of collected) hash.update(`${key} ${bytes} ${etag}\n`);
  return hash.digest('hex').slice(0, FOLDER_DIGITS);
}
