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
 * An object that is written piece by piece and appears whole, when it is complete, or not at all. It holds two
 * parts at most: one that fills while the other is on its way.
 */
export class ObjectUpload {
  private held: Buffer[] = [];
  private heldBytes = 0;
  private uploadId: string | undefined;
  private readonly parts: Promise<CompletedPart>[] = [];

  constructor(
    private readonly s3: S3Client,
    private readonly target: UploadTarget,
  ) {}

  async write(text: string): Promise<void> {
    if (text === '') return;
    const bytes = Buffer.from(text);
    this.held.push(bytes);
    this.heldBytes += bytes.length;
    if (this.heldBytes >= PART_BYTES) await this.sendPart();
  }

  async complete(): Promise<void> {
    if (this.uploadId === undefined) {
      await this.s3.send(new PutObjectCommand({ ...this.target, Body: this.takeHeld() }));
      return;
    }
    if (this.heldBytes > 0) await this.sendPart();
    const { Bucket, Key } = this.target;
    const MultipartUpload = { Parts: await Promise.all(this.parts) };
    await this.s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId: this.uploadId, MultipartUpload }),
    );
  }

  /** Nothing of what was written stays, nor is paid for. */
  async abort(): Promise<void> {
    if (this.uploadId === undefined) return;
    await Promise.allSettled(this.parts);
    const { Bucket, Key } = this.target;
    await this.s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: this.uploadId }));
  }

  private async sendPart(): Promise<void> {
    await this.parts.at(-1);
    const { Bucket, Key } = this.target;
    this.uploadId ??= (
      await this.s3.send(new CreateMultipartUploadCommand({ ...this.target, ChecksumAlgorithm }))
    ).UploadId;
    const part = this.upload({ Bucket, Key, UploadId: this.uploadId, PartNumber: this.parts.length + 1 });
    // Whoever writes next, completes or aborts hears of it.
    part.catch(() => undefined);
    this.parts.push(part);
  }

  private async upload(part: {
    Bucket: string;
    Key: string;
    UploadId: string | undefined;
    PartNumber: number;
  }): Promise<CompletedPart> {
    const { ETag, ChecksumCRC32 } = await this.s3.send(
      new UploadPartCommand({ ...part, ChecksumAlgorithm, Body: this.takeHeld() }),
    );
    return { ETag, ChecksumCRC32, PartNumber: part.PartNumber };
  }

  private takeHeld(): Buffer {
    const bytes = Buffer.concat(this.held);
    [this.held, this.heldBytes] = [[], 0];
    return bytes;
  }
}
