import { S3Client } from '@aws-sdk/client-s3';
import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import type * as z from 'zod/mini';
import { ReportBucket, type VersionedFile } from '../../handlers/shared/aws/report-bucket';
import { validated } from '../../handlers/shared/validation';

/** A bucket whose objects are in memory, for tests of what is read and written rather than of how. */
export class MemoryBucket extends ReportBucket {
  readonly objects = new Map<
    string,
    { body: Buffer; etag: string; headers: Partial<PutObjectCommandInput> }
  >();
  /** Keys of the objects that were written, in their order. */
  readonly written: string[] = [];

  constructor() {
    super(new S3Client({ region: 'us-east-1' }), 'reports');
  }

  override put(key: string, body: Uint8Array | string, headers: Partial<PutObjectCommandInput> = {}) {
    const { etag } = this.objects.get(key) ?? {};
    const { IfMatch = etag, IfNoneMatch } = headers;
    if (IfMatch !== etag || (IfNoneMatch === '*' && etag !== undefined)) {
      return Promise.reject(Object.assign(new Error('changed'), { name: 'PreconditionFailed' }));
    }
    this.written.push(key);
    this.objects.set(key, { body: Buffer.from(body), etag: `version-${this.written.length}`, headers });
    return Promise.resolve();
  }

  override get(key: string) {
    return Promise.resolve<Uint8Array | undefined>(this.objects.get(key)?.body);
  }

  override getJson<Schema extends z.ZodMiniType>(
    key: string,
    schema: Schema,
  ): Promise<VersionedFile<z.output<Schema>>> {
    const { body, etag } = this.objects.get(key)!;
    return Promise.resolve({ content: validated(schema, JSON.parse(body.toString()), key), etag });
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the lines of a real bucket are awaited
  override async *lines(key: string): AsyncGenerator<string, undefined> {
    yield* this.objects.get(key)!.body.toString().trimEnd().split('\n');
  }

  override sizes(prefix: string) {
    const found = [...this.objects].filter(([key]) => key.startsWith(prefix));
    return Promise.resolve(new Map(found.map(([key, { body }]) => [key, body.length])));
  }

  override folders(prefix: string) {
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix));
    return Promise.resolve([...new Set(keys.map((key) => key.slice(prefix.length).split('/')[0]!))]);
  }
}
