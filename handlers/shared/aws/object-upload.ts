import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompletedPart,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

/**
 * Bytes of a part. S3 takes 10,000 parts of 5 MiB or more
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html): 80 GB at this size.
 */
const PART_BYTES = 8 * 1024 * 1024;
/** Bytes of the first buffer to begin with: most organizations' tables never fill a part. */
const FIRST_BYTES = 64 * 1024;

/**
 * S3 refuses parts with another checksum than the upload was created with, and wants every part's in the end
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html).
 */
const ChecksumAlgorithm = 'CRC32';

export interface UploadTarget {
  Bucket: string;
  Key: string;
  ContentType: string;
}

/**
 * An object that is written piece by piece and appears whole, when it is complete, or not at all. It has two
 * buffers for all of its parts, one that fills while the other is on its way: a buffer for each would be
 * garbage that is collected late, half a gigabyte of it in a large organization.
 */
export class ObjectUpload {
  private readonly encoder = new TextEncoder();
  private filling = Buffer.alloc(0);
  private filled = 0;
  private sending = Buffer.alloc(0);
  private sent: Promise<unknown> | undefined;
  private uploadId: string | undefined;
  private readonly parts: CompletedPart[] = [];

  constructor(
    private readonly s3: S3Client,
    private readonly target: UploadTarget,
  ) {}

  async write(text: string): Promise<void> {
    for (let rest = text; rest !== '';) {
      const { read, written } = this.encoder.encodeInto(rest, this.filling.subarray(this.filled));
      this.filled += written;
      rest = rest.slice(read);
      // What is left of the buffer may be too short for the next character.
      if (rest !== '' && !this.grow()) await this.sendPart();
    }
  }

  /** Makes room for more of the part, if there can be more of it. */
  private grow(): boolean {
    const { length } = this.filling;
    if (length === PART_BYTES) return false;
    const bytes = this.uploadId !== undefined ? PART_BYTES : Math.max(FIRST_BYTES, length * 2);
    const larger = Buffer.allocUnsafeSlow(Math.min(bytes, PART_BYTES));
    this.filling.copy(larger, 0, 0, this.filled);
    this.filling = larger;
    return true;
  }

  async complete(): Promise<void> {
    if (this.uploadId === undefined) {
      await this.s3.send(
        new PutObjectCommand({ ...this.target, Body: this.filling.subarray(0, this.filled) }),
      );
      return;
    }
    if (this.filled > 0) await this.sendPart();
    await this.sent;
    const { Bucket, Key } = this.target;
    const MultipartUpload = { Parts: this.parts };
    await this.s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId: this.uploadId, MultipartUpload }),
    );
  }

  /** Nothing of what was written stays, nor is paid for. */
  async abort(): Promise<void> {
    if (this.uploadId === undefined) return;
    await Promise.allSettled([this.sent]);
    const { Bucket, Key } = this.target;
    await this.s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: this.uploadId }));
  }

  /** Sends what is filled, once the part before has arrived. */
  private async sendPart(): Promise<void> {
    await this.sent;
    this.uploadId ??= (
      await this.s3.send(new CreateMultipartUploadCommand({ ...this.target, ChecksumAlgorithm }))
    ).UploadId;
    const body = this.filling.subarray(0, this.filled);
    [this.filling, this.sending, this.filled] = [this.sending, this.filling, 0];
    this.sent = this.uploadPart(this.parts.length + 1, body);
    // Whoever writes next, completes or aborts hears of it.
    this.sent.catch(() => undefined);
  }

  private async uploadPart(PartNumber: number, Body: Uint8Array): Promise<void> {
    const { Bucket, Key } = this.target;
    const { ETag, ChecksumCRC32 } = await this.s3.send(
      new UploadPartCommand({ Bucket, Key, UploadId: this.uploadId, PartNumber, ChecksumAlgorithm, Body }),
    );
    this.parts.push({ ETag, ChecksumCRC32, PartNumber });
  }
}
