import type {
  GetObjectCommandInput,
  ListObjectsV2CommandInput,
  PutObjectCommandInput,
  UploadPartCommandInput,
} from '@aws-sdk/client-s3';

/** Most keys in a page (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html). */
const PAGE = 1000;

interface StoredObject {
  body: Buffer;
  version: number;
}

/** The objects of a bucket in memory, as the commands of the SDK ask for them. */
export class StoredObjects {
  private readonly objects = new Map<string, StoredObject>();
  /** Keys in their order; until another one comes. */
  private ordered: string[] | undefined;

  has(key: string): boolean {
    return this.objects.has(key);
  }

  text(key: string): string {
    return this.objects.get(key)?.body.toString() ?? '';
  }

  put({ Key = '', Body, IfMatch, IfNoneMatch }: PutObjectCommandInput): { ETag: string } {
    const held = this.objects.get(Key);
    if ((IfNoneMatch === '*' && held) || (IfMatch !== undefined && (!held || IfMatch !== etagOf(held))))
      throw named('PreconditionFailed', Key);
    return { ETag: etagOf(this.keep(Key, bytesOf(Body))) };
  }

  /** Parts come in their order here. */
  append({ Key = '', Body, PartNumber }: UploadPartCommandInput) {
    const before = PartNumber === 1 ? undefined : this.objects.get(Key)?.body;
    const stored = this.keep(Key, Buffer.concat([before ?? Buffer.alloc(0), bytesOf(Body)]));
    return { ETag: etagOf(stored), ChecksumCRC32: 'modelled' };
  }

  get({ Key = '', Range }: GetObjectCommandInput) {
    const held = this.objects.get(Key);
    if (!held) throw named('NoSuchKey', Key);
    const [, from = 0, to = Infinity] = (/^bytes=(\d+)-(\d+)$/.exec(Range ?? '') ?? []).map(Number);
    const body = held.body.subarray(from, to + 1);
    return {
      ETag: etagOf(held),
      ContentRange: `bytes ${from}-${from + body.length - 1}/${held.body.length}`,
      Body: {
        transformToString: () => Promise.resolve(body.toString()),
        transformToByteArray: () => Promise.resolve(body),
      },
    };
  }

  list({ Prefix = '', Delimiter, ContinuationToken = '' }: ListObjectsV2CommandInput) {
    this.ordered ??= [...this.objects.keys()].sort();
    const entries = new Set<string>();
    const after = ContinuationToken > Prefix ? ContinuationToken : Prefix;
    for (const key of this.ordered.slice(firstFrom(this.ordered, after))) {
      if (!key.startsWith(Prefix) || entries.size > PAGE) break;
      const end = Delimiter ? key.indexOf(Delimiter, Prefix.length) : -1;
      const entry = end < 0 ? key : key.slice(0, end + 1);
      if (entry > ContinuationToken) entries.add(entry);
    }
    const page = [...entries].slice(0, PAGE);
    const isFolder = (entry: string) => Delimiter !== undefined && entry.endsWith(Delimiter);
    return {
      Contents: page
        .filter((entry) => !isFolder(entry))
        .map((Key) => ({ Key, Size: this.objects.get(Key)?.body.length ?? 0 })),
      CommonPrefixes: page.filter(isFolder).map((folder) => ({ Prefix: folder })),
      ...(page.length < entries.size && { IsTruncated: true, NextContinuationToken: page.at(-1) }),
    };
  }

  private keep(key: string, body: Buffer): StoredObject {
    const held = this.objects.get(key);
    if (!held) this.ordered = undefined;
    const stored = { body, version: (held?.version ?? 0) + 1 };
    this.objects.set(key, stored);
    return stored;
  }
}

const etagOf = ({ version }: StoredObject) => `"${version}"`;

/** Buffers that a client reuses are not what is stored. */
function bytesOf(body: PutObjectCommandInput['Body']): Buffer {
  return Buffer.from(body as string);
}

function named(name: string, key: string): Error {
  return Object.assign(new Error(key), { name });
}

/** Index of the first of the ordered keys that is not before a text. */
function firstFrom(ordered: readonly string[], text: string): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordered[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
