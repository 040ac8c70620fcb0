import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { free } from '../free';
import { isOvertaken, repeatedWrite } from './conflict';
import type { ObjectProtection } from './object-protection';

/**
 * Size of a part, bytes. S3 accepts 10,000 parts of at least 5 MiB
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html): 80 GB at this size.
 */
const PART_BYTES = 8 * 1024 * 1024;
/** Initial size of the first buffer, bytes: the tables of most organizations never fill a part. */
const FIRST_BYTES = 64 * 1024;

/**
 * S3 rejects a part whose checksum algorithm is not that of the upload, and requires the checksums of all parts at the end
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html).
 */
const ChecksumAlgorithm = 'CRC32';

export interface UploadTarget extends ObjectProtection {
  Bucket: string;
  Key: string;
  ExpectedBucketOwner: string;
  ContentType: string;
}

/** Size and hash of what was uploaded. */
export interface UploadedObject {
  bytes: number;
  sha256: string;
  /** False if an object existed: that is never replaced. */
  isCreated: boolean;
}

/** An object is created, or not written at all. */
const IfNoneMatch = '*';

/**
 * An object that is written piece by piece. It appears when it is complete, or not at all. A part is being filled while
 * the one before is being sent, whose memory is freed as soon as S3 has it: garbage would be collected late, half a
 * gigabyte of it in a large organization.
 */
export class ObjectUpload {
  private readonly encoder = new TextEncoder();
  private filling = Buffer.alloc(0);
  private filled = 0;
  private sent: Promise<unknown> | undefined;
  private uploadId: string | undefined;
  private readonly parts: CompletedPart[] = [];
  private readonly hash = createHash('sha256');
  private bytes = 0;

  constructor(
    private readonly s3: S3Client,
    private readonly target: UploadTarget,
  ) {}

  async write(text: string): Promise<void> {
    for (let rest = text; rest !== '';) {
      const { read, written } = this.encoder.encodeInto(rest, this.filling.subarray(this.filled));
      this.filled += written;
      rest = rest.slice(read);
      // The rest of the buffer may be too small for the next character.
      if (rest !== '' && !this.grow()) await this.sendPart();
    }
  }

  /** Makes room for more of the part, unless it has its full size. */
  private grow(): boolean {
    const { length } = this.filling;
    if (length === PART_BYTES) return false;
    const bytes = this.uploadId !== undefined ? PART_BYTES : Math.max(FIRST_BYTES, length * 2);
    const larger = Buffer.allocUnsafeSlow(Math.min(bytes, PART_BYTES));
    this.filling.copy(larger, 0, 0, this.filled);
    this.filling = larger;
    return true;
  }

  /**
   * Makes the object appear.
   * @throws an error for which `isRace` holds if another write of the object was in progress. S3 then wants the upload to be
   * started again with every part (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html), and
   * the parts are not kept: the caller has to write the object again.
   */
  async complete(): Promise<UploadedObject> {
    const isCreated = await this.create();
    // S3 may refuse an object before it has read it: its socket may still send what is in the buffer.
    if (isCreated) free(this.filling);
    return { bytes: this.bytes, sha256: this.hash.digest('hex'), isCreated };
  }

  private async create(): Promise<boolean> {
    try {
      await this.sendRest();
      return true;
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      await this.abort();
      return false;
    }
  }

  private async sendRest(): Promise<void> {
    if (this.uploadId === undefined) {
      const command = { ...this.target, IfNoneMatch, Body: this.hashed() };
      await repeatedWrite(() => this.s3.send(new PutObjectCommand(command)));
      return;
    }
    if (this.filled > 0) await this.sendPart();
    await this.sent;
    const upload = { UploadId: this.uploadId, MultipartUpload: { Parts: this.parts } };
    await this.s3.send(new CompleteMultipartUploadCommand({ ...this.place, ...upload, IfNoneMatch }));
  }

  /** What the buffer contains, which is now part of the hash. */
  private hashed(): Buffer<ArrayBuffer> {
    const body = this.filling.subarray(0, this.filled);
    this.hash.update(body);
    this.bytes += body.length;
    return body;
  }

  private get place() {
    const { Bucket, Key, ExpectedBucketOwner } = this.target;
    return { Bucket, Key, ExpectedBucketOwner };
  }

  /** Removes what was written, so that nobody pays for it. */
  async abort(): Promise<void> {
    if (this.uploadId === undefined) return;
    await Promise.allSettled([this.sent]);
    await this.s3.send(new AbortMultipartUploadCommand({ ...this.place, UploadId: this.uploadId }));
  }

  /** Sends the filled buffer, once the previous part has arrived. */
  private async sendPart(): Promise<void> {
    await this.sent;
    this.uploadId ??= (
      await this.s3.send(new CreateMultipartUploadCommand({ ...this.target, ChecksumAlgorithm }))
    ).UploadId;
    const body = this.hashed();
    [this.filling, this.filled] = [Buffer.alloc(0), 0];
    this.sent = this.uploadPart(this.parts.length + 1, body);
    // The next write or `complete` throws the error; `abort` ignores it.
    this.sent.catch(() => undefined);
  }

  private async uploadPart(PartNumber: number, Body: Uint8Array<ArrayBuffer>): Promise<void> {
    const part = { UploadId: this.uploadId, PartNumber, ChecksumAlgorithm, Body } as const;
    const { ETag, ChecksumCRC32 } = await this.s3.send(new UploadPartCommand({ ...this.place, ...part }));
    free(Body);
    this.parts.push({ ETag, ChecksumCRC32, PartNumber });
  }
}
