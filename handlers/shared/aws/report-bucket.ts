import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  type _Object as S3Object,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import pMap from 'p-map';
import type * as z from 'zod/mini';
import { type ConsolePlace, objectLink } from '../console-link';
import { free } from '../free';
import { sha256Of, textOf, toBase64 } from '../hash';
import { oneAhead } from '../one-ahead';
import type { BucketAcl } from '../settings';
import { validated } from '../validation';
import { bodyBytes } from './body-bytes';
import { isOvertaken, repeatedWrite } from './conflict';
import { copyObject } from './object-copy';
import { type ObjectProtection, protectionOf } from './object-protection';
import { ObjectUpload } from './object-upload';
import { UnexpectedAnswer } from './unexpected-answer';

/** Bytes of a large object that are read per request. */
const RANGE_BYTES = 2 * 1024 * 1024;

/** Parts of a listing that are read at the same time. */
const CONCURRENT_LISTS = 16;

/** What S3 calls the version of an object that was written while versions were suspended. The next write replaces it. */
const NO_VERSION = 'null';

/** Which bucket the functions use. */
export interface BucketPlace {
  readonly name: string;
  /** Account that owns the bucket. S3 refuses every request if another account owns it. */
  readonly owner: string;
  /** Comes before every key: empty, or ends with a slash. */
  readonly prefix: string;
  /**
   * What requests that create an object say of its encryption and owner.
   * @default - nothing, so that the default encryption of the bucket applies
   */
  readonly protection?: ObjectProtection;
}

/** The bucket that the settings of a function name. */
export const bucketPlaceOf = (settings: {
  reportBucket: string;
  bucketOwner: string;
  bucketPrefix: string;
  bucketEncryption: string;
  bucketAcl: BucketAcl;
}): BucketPlace => ({
  name: settings.reportBucket,
  owner: settings.bucketOwner,
  prefix: settings.bucketPrefix,
  protection: protectionOf(settings),
});

/** A file of the run with the version that was read. */
export interface VersionedFile<Content> {
  content: Content;
  etag: string;
  /** Size in bytes. */
  bytes: number;
  /** Hash of its bytes. */
  sha256: string;
}

/** What S3 says about an object that it stored. */
export interface StoredObject {
  etag: string;
  /** Absent if the bucket has no versions, or keeps none at present. */
  versionId?: string;
}

/** An object in a listing. */
export interface ListedObject {
  bytes: number;
  etag: string;
  /** When it was written, ms since 1970; S3 knows whole seconds. */
  modifiedAt: number;
}

/**
 * The report bucket, as the functions use it. Keys are those of `bucket-layout.ts`, without the prefix of the
 * environment.
 */
export class ReportBucket {
  constructor(
    private readonly s3: S3Client,
    private readonly place: BucketPlace,
  ) {}

  /** The URL of an object, as people read it. */
  url(key: string): string {
    return `s3://${this.place.name}/${this.place.prefix}${key}`;
  }

  /** The address of an object in the console; nothing if that of the partition is not known. */
  consoleUrl(key: string, place: ConsolePlace): string | undefined {
    return objectLink(place, this.place.name, `${this.place.prefix}${key}`);
  }

  async put(
    key: string,
    body: Uint8Array | string,
    rest: Partial<PutObjectCommandInput> = {},
  ): Promise<StoredObject> {
    // The SDK converts text for its length, its hash, its checksum and the request, each by itself.
    const Body = typeof body === 'string' ? Buffer.from(body) : body;
    const command = new PutObjectCommand({ ...this.newObject(key), Body, ...rest });
    const { ETag, VersionId } = await this.s3.send(command);
    if (!ETag) throw new UnexpectedAnswer('S3 answered without the ETag of the stored object');
    const hasVersion = VersionId !== undefined && VersionId !== NO_VERSION;
    return { etag: ETag, ...(hasVersion && { versionId: VersionId }) };
  }

  /** Stores content that has to arrive as it is: S3 refuses it if its hash differs. */
  putVerified(
    key: string,
    body: Uint8Array | string,
    sha256: string,
    rest: Partial<PutObjectCommandInput> = {},
  ): Promise<StoredObject> {
    return this.put(key, body, { ChecksumSHA256: toBase64(sha256), ...rest });
  }

  /**
   * Creates an object, unless one exists.
   * @returns whether it was created
   */
  async create(
    key: string,
    body: Uint8Array | string,
    rest: Partial<PutObjectCommandInput> = {},
  ): Promise<boolean> {
    const sha256 = sha256Of(body);
    try {
      await repeatedWrite(() => this.putVerified(key, body, sha256, { IfNoneMatch: '*', ...rest }));
      return true;
    } catch (error) {
      if (isOvertaken(error)) return false;
      throw error;
    }
  }

  async putJson(
    key: string,
    content: unknown,
    rest: Partial<PutObjectCommandInput> = {},
  ): Promise<StoredObject> {
    return this.put(key, JSON.stringify(content), { ContentType: 'application/json', ...rest });
  }

  async getJson<Schema extends z.ZodMiniType>(
    key: string,
    schema: Schema,
  ): Promise<VersionedFile<z.output<Schema>>> {
    const found = await this.s3.send(new GetObjectCommand(this.object(key)));
    const bytes = await bodyBytes(found);
    const file = { etag: found.ETag ?? '', bytes: bytes.length, sha256: sha256Of(bytes) };
    const text = textOf(bytes);
    free(bytes);
    return { content: validated(schema, JSON.parse(text), this.url(key)), ...file };
  }

  /**
   * The bytes of an object; nothing if it does not exist. S3 answers "access denied" instead if the function may not list
   * the whole bucket (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html): ask {@link exists} first.
   */
  async get(
    key: string,
    { versionId }: { versionId?: string | undefined } = {},
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      const command = new GetObjectCommand({ ...this.object(key), VersionId: versionId });
      return await bodyBytes(await this.s3.send(command));
    } catch (error) {
      if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NoSuchVersion'))
        return undefined;
      throw error;
    }
  }

  /**
   * The bytes of a large object, piece by piece, while the next piece is on its way. Each is read completely before it is
   * returned: a connection that nobody reads from for minutes would be closed.
   * @param length - of a piece, bytes
   * @throws an error named `PreconditionFailed` if the object is replaced while it is read
   */
  pieces(key: string, length = RANGE_BYTES): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
    return oneAhead(this.piecesInTurn(key, length));
  }

  private async *piecesInTurn(
    key: string,
    length: number,
  ): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
    for (let from = 0, size = Infinity, version: string | undefined; from < size; from += length) {
      const range = { Range: `bytes=${from}-${from + length - 1}`, IfMatch: version };
      const found = await this.s3
        .send(new GetObjectCommand({ ...this.object(key), ...range }))
        .catch((error: unknown) => {
          // No range of an empty object can be read.
          if (from === 0 && error instanceof Error && error.name === 'InvalidRange') return undefined;
          throw error;
        });
      if (!found) return;
      const { ContentRange, ETag } = found;
      [size, version] = [Number(ContentRange?.split('/')[1] ?? 0), ETag];
      yield await bodyBytes(found);
    }
  }

  /** The lines of a large object. */
  async *lines(key: string): AsyncGenerator<string, undefined> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const piece of this.pieces(key)) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
      free(piece);
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  }

  /** Starts the upload of an object of any size. */
  upload(key: string, contentType: string): ObjectUpload {
    return new ObjectUpload(this.s3, { ...this.newObject(key), ContentType: contentType });
  }

  /** Copies an object of any size within the bucket. */
  async copy(from: string, to: string, bytes: number, contentType: string): Promise<void> {
    const source = { ...this.object(from), Bytes: bytes };
    await copyObject(this.s3, source, { ...this.newObject(to), ContentType: contentType });
  }

  /** Whether an object exists. */
  async exists(key: string): Promise<boolean> {
    return (await this.find(key)) !== undefined;
  }

  /** What a listing says of an object; nothing if it does not exist. */
  async find(key: string): Promise<ListedObject | undefined> {
    const { Bucket, Key: Prefix, ExpectedBucketOwner } = this.object(key);
    const { Contents: [first] = [] } = await this.s3.send(
      new ListObjectsV2Command({ Bucket, Prefix, ExpectedBucketOwner, MaxKeys: 1 }),
    );
    return first?.Key === Prefix ? listedObject(first) : undefined;
  }

  /** The keys below a prefix, sorted. */
  async list(prefix: string): Promise<string[]> {
    return [...(await this.objects(prefix)).keys()];
  }

  /**
   * Every object below a prefix, by key, in the order of the keys.
   * @param cuts - keys in that order, at which the listing is cut into parts that are read at the same time: a page comes only
   * after the one before it
   */
  async objects(prefix: string, cuts: readonly string[] = []): Promise<Map<string, ListedObject>> {
    const parts = await pMap([undefined, ...cuts], (after, part) => this.listed(prefix, after, cuts[part]), {
      concurrency: CONCURRENT_LISTS,
    });
    return new Map(parts.flat());
  }

  /** The objects with keys after one key, up to another, which is included. */
  private async listed(
    prefix: string,
    after: string | undefined,
    last: string | undefined,
  ): Promise<[key: string, object: ListedObject][]> {
    const found: [key: string, object: ListedObject][] = [];
    const { Bucket, Key: Prefix, ExpectedBucketOwner } = this.object(prefix);
    const StartAfter = after === undefined ? undefined : this.object(after).Key;
    for await (const page of paginateListObjectsV2(
      { client: this.s3 },
      { Bucket, Prefix, ExpectedBucketOwner, StartAfter },
    )) {
      for (const object of page.Contents ?? []) {
        if (object.Key === undefined) continue;
        const key = object.Key.slice(this.place.prefix.length);
        if (last !== undefined && key > last) return found;
        found.push([key, listedObject(object)]);
        // Nothing is left, so that the next page is not asked for.
        if (key === last) return found;
      }
    }
    return found;
  }

  private newObject(key: string) {
    return { ...this.object(key), ...this.place.protection };
  }

  private object(key: string) {
    const { name, owner, prefix } = this.place;
    return { Bucket: name, Key: `${prefix}${key}`, ExpectedBucketOwner: owner };
  }
}

const listedObject = ({ Size = 0, ETag = '', LastModified }: S3Object): ListedObject => ({
  bytes: Size,
  etag: ETag,
  modifiedAt: LastModified?.getTime() ?? 0,
});
