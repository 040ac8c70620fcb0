import type {
  GetObjectCommandInput,
  ListObjectsV2CommandInput,
  PutObjectCommandInput,
  UploadPartCommandInput,
} from '@aws-sdk/client-s3';

/** Most keys in a page (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html). */
export const MAX_KEYS = 1000;

interface StoredObject {
  body: Buffer;
  version: number;
}

/** Objects in memory, with the inputs and outputs of the SDK's commands. */
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

  put({ Key = '', Body, IfMatch, IfNoneMatch }: PutObjectCommandInput): { ETag: string } {
    const stored = this.objects.get(Key);
    if ((IfNoneMatch === '*' && stored) || (IfMatch !== undefined && (!stored || IfMatch !== etagOf(stored))))
      throw errorNamed('PreconditionFailed', Key);
    return { ETag: etagOf(this.store(Key, bytesOf(Body))) };
  }

  /** Uploads a part; the parts have to come in order. */
  append({ Key = '', Body, PartNumber }: UploadPartCommandInput) {
    const before = PartNumber === 1 ? undefined : this.objects.get(Key)?.body;
    const stored = this.store(Key, Buffer.concat([before ?? Buffer.alloc(0), bytesOf(Body)]));
    return { ETag: etagOf(stored), ChecksumCRC32: 'modeled' };
  }

  get({ Key = '', Range }: GetObjectCommandInput) {
    const stored = this.objects.get(Key);
    if (!stored) throw errorNamed('NoSuchKey', Key);
    const [, from = 0, to = Infinity] = (/^bytes=(\d+)-(\d+)$/.exec(Range ?? '') ?? []).map(Number);
    const body = stored.body.subarray(from, to + 1);
    return {
      ETag: etagOf(stored),
      ContentRange: `bytes ${from}-${from + body.length - 1}/${stored.body.length}`,
      Body: {
        transformToString: () => Promise.resolve(body.toString()),
        transformToByteArray: () => Promise.resolve(body),
      },
    };
  }

  list({ Prefix = '', Delimiter, ContinuationToken = '' }: ListObjectsV2CommandInput) {
    this.sortedKeys ??= [...this.objects.keys()].sort();
    const entries = new Set<string>();
    const after = ContinuationToken > Prefix ? ContinuationToken : Prefix;
    for (const key of this.sortedKeys.slice(firstFrom(this.sortedKeys, after))) {
      if (!key.startsWith(Prefix) || entries.size > MAX_KEYS) break;
      const end = Delimiter ? key.indexOf(Delimiter, Prefix.length) : -1;
      const entry = end < 0 ? key : key.slice(0, end + 1);
      if (entry > ContinuationToken) entries.add(entry);
    }
    const page = [...entries].slice(0, MAX_KEYS);
    const isFolder = (entry: string) => Delimiter !== undefined && entry.endsWith(Delimiter);
    return {
      Contents: page
        .filter((entry) => !isFolder(entry))
        .map((Key) => ({ Key, Size: this.objects.get(Key)?.body.length ?? 0 })),
      CommonPrefixes: page.filter(isFolder).map((folder) => ({ Prefix: folder })),
      ...(page.length < entries.size && { IsTruncated: true, NextContinuationToken: page.at(-1) }),
    };
  }

  private store(key: string, body: Buffer): StoredObject {
    const before = this.objects.get(key);
    if (!before) this.sortedKeys = undefined;
    const stored = { body, version: (before?.version ?? 0) + 1 };
    this.objects.set(key, stored);
    return stored;
  }
}

const etagOf = ({ version }: StoredObject) => `"${version}"`;

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
