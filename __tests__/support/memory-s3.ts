/** A bucket in memory behind a real client of S3, for tests of what is read and written. */
import { S3Client } from '@aws-sdk/client-s3';
import type { BucketOwner } from '../../local/fake-aws/s3/bucket-owner';
import { objectsInMemory } from '../../local/fake-aws/s3/objects';
import type { BucketProtection } from '../../local/fake-aws/s3/protected-bucket';
import { s3Over } from '../../local/fake-aws/s3/s3-service';
import type { Service, ServiceRequest } from '../../local/fake-aws/service';
import { inProcess } from './in-process-handler';

interface MemoryS3Props extends BucketOwner, BucketProtection {
  /** @default 'reports' */
  name?: string;
  /** Whether the bucket has versions. @default true */
  versions?: boolean;
}

/** A call of the client. */
export interface S3Call {
  method: string;
  key: string;
  query: Record<string, string>;
  headers: Record<string, string | undefined>;
}

export class MemoryS3 {
  readonly name: string;
  readonly client: S3Client;
  /**
   * The latest version of every object by its key. What a test changes here is changed behind the back of everybody: the
   * version ID stays, the ETag does not.
   */
  readonly objects = new Map<string, Buffer>();
  /** Keys of the objects that the client wrote, in their order. */
  readonly written: string[] = [];
  /** Every call of the client. */
  readonly calls: S3Call[] = [];
  /** Called before every call of the client; an error that it throws, such as a `ServiceError`, is the response. */
  onCall: (call: S3Call) => void = () => undefined;
  /** Serves the bucket without the client. */
  readonly service: Service;
  private readonly owner: string | undefined;
  private readonly headers = new Map<string, ServiceRequest['headers']>();

  constructor({ name = 'reports', versions = true, ...settings }: MemoryS3Props = {}) {
    this.name = name;
    this.owner = settings.owner;
    const root = `${name}/`;
    const archive = versions ? objectsInMemory(new Map(), root) : undefined;
    this.service = s3Over(objectsInMemory(this.objects, root), { archive, ...settings });
    this.client = this.newClient();
  }

  /** Another client of the same bucket. */
  newClient(): S3Client {
    return new S3Client({
      region: 'us-east-1',
      endpoint: 'http://localhost',
      forcePathStyle: true,
      credentials: { accessKeyId: 'AKIALOCALCOLLECTOR00', secretAccessKey: 'local' },
      // Nobody verifies signatures, and they take most of the time of a call.
      signer: { sign: (request) => Promise.resolve(request) },
      requestHandler: inProcess('s3', (request) => this.serve(request)),
    });
  }

  /** Content of an object, as text. */
  text(key: string): string {
    const content = this.objects.get(key);
    if (!content)
      throw new Error(`there is no object ${key}; there are ${[...this.objects.keys()].join(', ')}`);
    return content.toString();
  }

  json(key: string): unknown {
    return JSON.parse(this.text(key));
  }

  /** Headers with which an object was last written, such as `content-type`. */
  headersOf(key: string): ServiceRequest['headers'] {
    return this.headers.get(key) ?? {};
  }

  /** Somebody else writes an object, which makes a new version. */
  put(key: string, content: Uint8Array | string): void {
    this.asSomebodyElse('PUT', key, '', Buffer.from(content as Uint8Array));
  }

  /** Somebody else deletes an object, which leaves a delete marker, or one of its versions for ever. */
  delete(key: string, versionId?: string): void {
    this.asSomebodyElse('DELETE', key, versionId === undefined ? '' : `?versionId=${versionId}`);
  }

  private asSomebodyElse(method: string, key: string, query: string, body = Buffer.alloc(0)): void {
    const url = new URL(`/${this.name}/${encodeURI(key)}${query}`, 'http://localhost');
    const headers = { 'x-amz-expected-bucket-owner': this.owner };
    void this.service({ method, url, headers, body, accessKeyId: '', region: 'us-east-1' });
  }

  private async serve(request: ServiceRequest) {
    const { method, url, headers } = request;
    const key = decodeURIComponent(url.pathname).slice(`/${this.name}/`.length);
    const query = Object.fromEntries(url.searchParams);
    const call = { method, key, query, headers };
    this.calls.push(call);
    this.onCall(call);
    const response = await this.service(request);
    const starts = method === 'POST' && 'uploads' in query;
    const completes = method === 'POST' && 'uploadId' in query;
    const writes = (method === 'PUT' && !('partNumber' in query)) || completes;
    if (writes) this.written.push(key);
    if (starts || (writes && !completes)) this.headers.set(key, headers);
    return response;
  }
}
