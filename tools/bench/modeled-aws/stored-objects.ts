import { createHash } from 'node:crypto';
import type {
  CopyObjectCommandInput,
  GetObjectCommandInput,
  ListObjectsV2CommandInput,
  PutObjectCommandInput,
  UploadPartCommandInput,
} from '@aws-sdk/client-s3';

/** Most keys in a page (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html). */
export const MAX_KEYS = 1000;

interface StoredObject {
  body: Buffer;
  /** Writes of the key so far. */
  version: number;
  modified: Date;
}

/** Objects of a bucket with versions in memory, with the inputs and outputs of the SDK's commands. Only the latest is kept. */
export class StoredObjects {
  private readonly objects = new Map<string, StoredObject>();
  /** Keys in order; undefined after a key was added. */
  private sortedKeys: string[] | undefined;

  has(key: string): boolean {
    return this.objects.has(key);
  }

  text(key: string): string {
    return this.objects.get(key)?.body.toString() ?? '';
  }

  bytes(key: string): number {
    return this.objects.get(key)?.body.length ?? 0;
  }

  put({ Key = '', Body, IfMatch, IfNoneMatch, ChecksumSHA256 }: PutObjectCommandInput) {
    const stored = this.objects.get(Key);
    if ((IfNoneMatch === '*' && stored) || (IfMatch !== undefined && (!stored || IfMatch !== etagOf(stored))))
      throw errorNamed('PreconditionFailed', Key);
    const body = bytesOf(Body);
    if (ChecksumSHA256 !== undefined && ChecksumSHA256 !== hashOf('sha256', body, 'base64'))
      throw errorNamed('BadDigest', Key);
    return writtenAs(this.store(Key, body));
  }

  copy({ Key = '', CopySource = '' }: CopyObjectCommandInput) {
    const source = decodeURIComponent(CopySource.slice(CopySource.indexOf('/') + 1));
    const { ETag, VersionId } = writtenAs(this.store(Key, this.latest(source).body));
    return { CopyObjectResult: { ETag }, VersionId };
  }

  /** Uploads a part; the parts have to come in order. */
  append({ Key = '', Body, PartNumber }: UploadPartCommandInput) {
    const before = PartNumber === 1 ? undefined : this.objects.get(Key)?.body;
    this.store(Key, Buffer.concat([before ?? Buffer.alloc(0), bytesOf(Body)]));
    return { ETag: `"part-${PartNumber}"`, ChecksumCRC32: 'modeled' };
  }

  get({ Key = '', Range, IfMatch, VersionId }: GetObjectCommandInput) {
    const stored = this.latest(Key);
    if (IfMatch !== undefined && IfMatch !== etagOf(stored)) throw errorNamed('PreconditionFailed', Key);
    if (VersionId !== undefined && VersionId !== versionIdOf(stored)) throw errorNamed('NoSuchVersion', Key);
    const [, from = 0, to = Infinity] = (/^bytes=(\d+)-(\d+)$/.exec(Range ?? '') ?? []).map(Number);
    const body = stored.body.subarray(from, to + 1);
    return {
      ETag: etagOf(stored),
      ContentRange: `bytes ${from}-${from + body.length - 1}/${stored.body.length}`,
      ContentLength: body.length,
      Body: {
        [Symbol.asyncIterator]: () => oneChunk(body),
        transformToString: () => Promise.resolve(body.toString()),
        transformToByteArray: () => Promise.resolve(body),
      },
    };
  }

  list({
    Prefix = '',
    Delimiter,
    ContinuationToken,
    StartAfter = '',
    MaxKeys = MAX_KEYS,
  }: ListObjectsV2CommandInput) {
    const last = ContinuationToken ?? StartAfter;
    this.sortedKeys ??= [...this.objects.keys()].sort();
    const entries = new Set<string>();
    const after = last > Prefix ? last : Prefix;
    for (const key of this.sortedKeys.slice(firstFrom(this.sortedKeys, after))) {
      if (!key.startsWith(Prefix) || entries.size > MaxKeys) break;
      const end = Delimiter ? key.indexOf(Delimiter, Prefix.length) : -1;
      const entry = end < 0 ? key : key.slice(0, end + 1);
      if (entry > last) entries.add(entry);
    }
    const page = [...entries].slice(0, MaxKeys);
    const isFolder = (entry: string) => Delimiter !== undefined && entry.endsWith(Delimiter);
    return {
      Contents: page
        .filter((entry) => !isFolder(entry))
        .map((Key) => {
          const stored = this.latest(Key);
          return { Key, Size: stored.body.length, ETag: etagOf(stored), LastModified: stored.modified };
        }),
      CommonPrefixes: page.filter(isFolder).map((folder) => ({ Prefix: folder })),
      ...(page.length < entries.size && { IsTruncated: true, NextContinuationToken: page.at(-1) }),
    };
  }

  private store(key: string, body: Buffer): StoredObject {
    const before = this.objects.get(key);
    if (!before) this.sortedKeys = undefined;
    const stored = { body, version: (before?.version ?? 0) + 1, modified: new Date() };
    this.objects.set(key, stored);
    return stored;
  }

  private latest(key: string): StoredObject {
    const stored = this.objects.get(key);
    if (!stored) throw errorNamed('NoSuchKey', key);
    return stored;
  }
}

const hashOf = (algorithm: string, body: Buffer, encoding: 'hex' | 'base64') =>
  createHash(algorithm).update(body).digest(encoding);

const etagOf = ({ body }: StoredObject) => `"${hashOf('md5', body, 'hex')}"`;

/** As long as one of Amazon S3. */
const versionIdOf = ({ version }: StoredObject) => String(version).padStart(32, '0');

const writtenAs = (stored: StoredObject) => ({ ETag: etagOf(stored), VersionId: versionIdOf(stored) });

/** A copy, because the client may reuse its buffer. */
function bytesOf(body: PutObjectCommandInput['Body']): Buffer {
  return Buffer.from(body as string);
}

function errorNamed(name: string, key: string): Error {
  return Object.assign(new Error(key), { name });
}

/** Index of the first sorted key that is not before `text`. */
function firstFrom(sortedKeys: readonly string[], text: string): number {
  let [low, high] = [0, sortedKeys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sortedKeys[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function* oneChunk(body: Uint8Array) {
  yield await Promise.resolve(body);
}
