import { createHash } from 'node:crypto';
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  S3Client,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { type AwsConfiguration, awsConfiguration } from '../../local/aws-configuration/aws-configuration';
import type { Digest, EvidenceStore, ObjectVersion } from './evidence-store';

/** Errors that mean that an object or a version does not exist; `MethodNotAllowed`: the version is a delete marker. */
const ABSENT = ['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed'];

/** S3 redirects to the Region of the bucket, from any. */
const ANY_REGION = 'us-east-1';

export interface S3Place {
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  /**
   * Account that owns the bucket; S3 refuses requests if another account owns it.
   * @default - whichever
   */
  readonly owner?: string | undefined;
}

/** A bucket, with the permissions `s3:ListBucket`, `s3:ListBucketVersions`, `s3:GetObject` and `s3:GetObjectVersion`. */
export class S3Store implements EvidenceStore {
  readonly hasVersions = true;
  readonly concurrency = 32;

  constructor(
    private readonly s3: S3Client,
    private readonly place: S3Place,
  ) {}

  /** @param configured - @default - the ordinary AWS configuration of the shell */
  static async connect(
    place: S3Place,
    region: string | undefined,
    configured?: AwsConfiguration,
  ): Promise<S3Store> {
    const aws = configured ?? (await awsConfiguration(process.env));
    const options = { region: region ?? aws.region?.name ?? ANY_REGION, followRegionRedirects: true };
    return new S3Store(new S3Client({ ...aws.client, ...options }), place);
  }

  get name(): string {
    return `s3://${this.place.bucket}/${this.place.prefix}`;
  }

  async folders(prefix: string): Promise<string[]> {
    const found: string[] = [];
    for await (const { CommonPrefixes = [] } of this.pages(prefix, '/'))
      for (const { Prefix = '' } of CommonPrefixes)
        found.push(this.keyOf(Prefix).slice(prefix.length).replace(/\/$/, ''));
    return found.sort();
  }

  async *keys(prefix: string): AsyncGenerator<string> {
    for await (const { Contents = [] } of this.pages(prefix))
      for (const { Key = '' } of Contents) yield this.keyOf(Key);
  }

  async *versions(prefix: string): AsyncGenerator<ObjectVersion> {
    const where = this.below(prefix);
    let page: ListObjectVersionsCommandOutput | undefined;
    do {
      const next = page && { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      page = await this.s3.send(new ListObjectVersionsCommand({ ...where, ...next }));
      for (const [found, isDeleteMarker] of [
        [page.Versions ?? [], false],
        [page.DeleteMarkers ?? [], true],
      ] as const)
        for (const { Key = '', VersionId = '' } of found)
          yield { key: this.keyOf(Key), versionId: VersionId, isDeleteMarker };
    } while (page.IsTruncated);
  }

  async content(key: string): Promise<Uint8Array | undefined> {
    return (await this.get(key))?.Body?.transformToByteArray();
  }

  async digest(key: string, versionId?: string): Promise<Digest | undefined> {
    return this.read(key, () => undefined, versionId);
  }

  /**
   * Passes an object of any size on in pieces; nothing if the object or the version does not exist.
   * @param onPiece - the next piece is read when it has ended; an error that it throws ends the request
   */
  async read(
    key: string,
    onPiece: (piece: Uint8Array) => unknown,
    versionId?: string,
  ): Promise<Digest | undefined> {
    const object = await this.get(key, versionId);
    if (!object) return undefined;
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of object.Body as AsyncIterable<Uint8Array>) {
      hash.update(piece);
      bytes += piece.length;
      await onPiece(piece);
    }
    const { VersionId } = object;
    return { bytes, sha256: hash.digest('hex'), ...(VersionId !== undefined && { versionId: VersionId }) };
  }

  private async get(key: string, VersionId?: string): Promise<GetObjectCommandOutput | undefined> {
    try {
      const { bucket, prefix, owner: ExpectedBucketOwner } = this.place;
      const object = { Bucket: bucket, Key: `${prefix}${key}`, ExpectedBucketOwner };
      return await this.s3.send(new GetObjectCommand({ ...object, ...(VersionId && { VersionId }) }));
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      // S3 calls an ID that no version can have an invalid argument.
      if (ABSENT.includes(name) || (VersionId && name === 'InvalidArgument')) return undefined;
      throw error;
    }
  }

  private pages(prefix: string, Delimiter?: string) {
    const where = this.below(prefix);
    return paginateListObjectsV2({ client: this.s3 }, { ...where, ...(Delimiter && { Delimiter }) });
  }

  private below(key: string) {
    const { bucket, prefix, owner } = this.place;
    return { Bucket: bucket, Prefix: `${prefix}${key}`, ExpectedBucketOwner: owner };
  }

  private keyOf(key: string): string {
    return key.slice(this.place.prefix.length);
  }
}
