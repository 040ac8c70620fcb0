import {
  GetObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import type { HttpHandlerOptions } from '@smithy/types';
import type * as z from 'zod/mini';
import { ObjectUpload } from './object-upload';
import { validated } from '../validation';

/** Bytes of a large object that are read per request. */
const RANGE_BYTES = 8 * 1024 * 1024;

/** A file of the run with the version that was read. */
export interface VersionedFile<Content> {
  content: Content;
  etag: string;
}

/** The report bucket, as the functions use it. The bucket's default encryption applies. */
export class ReportBucket {
  constructor(
    private readonly s3: S3Client,
    private readonly name: string,
  ) {}

  /** The URL of an object, as people read it. */
  url(key: string): string {
    return `s3://${this.name}/${key}`;
  }

  async put(
    key: string,
    body: Uint8Array | string,
    rest: Partial<PutObjectCommandInput> = {},
    options: HttpHandlerOptions = {},
  ): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: this.name, Key: key, Body: body, ...rest }), options);
  }

  async putJson(key: string, content: unknown, rest: Partial<PutObjectCommandInput> = {}): Promise<void> {
    await this.put(key, JSON.stringify(content), { ContentType: 'application/json', ...rest });
  }

  async getJson<Schema extends z.ZodMiniType>(
    key: string,
    schema: Schema,
  ): Promise<VersionedFile<z.output<Schema>>> {
    const { Body, ETag } = await this.s3.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
    const text = (await Body?.transformToString()) ?? '';
    return { content: validated(schema, JSON.parse(text), this.url(key)), etag: ETag ?? '' };
  }

  /** The bytes of an object; nothing if it does not exist. */
  async get(key: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.name, Key: key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  /**
   * The lines of a large object. It is read in ranges, each completely before its lines are returned: a connection that
   * nobody reads from for minutes would be closed.
   */
  async *lines(key: string): AsyncGenerator<string, undefined> {
    const decoder = new TextDecoder();
    let rest = '';
    for (let from = 0, size = Infinity, version: string | undefined; from < size; from += RANGE_BYTES) {
      const { Body, ContentRange, ETag } = await this.s3.send(
        new GetObjectCommand({
          Bucket: this.name,
          Key: key,
          Range: `bytes=${from}-${from + RANGE_BYTES - 1}`,
          IfMatch: version,
        }),
      );
      [size, version] = [Number(ContentRange?.split('/')[1] ?? 0), ETag];
      const lines = (rest + decoder.decode(await Body?.transformToByteArray(), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  }

  /** Starts the upload of an object of any size. */
  upload(key: string, contentType: string): ObjectUpload {
    return new ObjectUpload(this.s3, { Bucket: this.name, Key: key, ContentType: contentType });
  }

  async list(prefix: string): Promise<string[]> {
    return [...(await this.sizes(prefix)).keys()];
  }

  /** Every object below a prefix, with its size in bytes. */
  async sizes(prefix: string): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    for await (const page of paginateListObjectsV2(
      { client: this.s3 },
      { Bucket: this.name, Prefix: prefix },
    )) {
      for (const { Key, Size } of page.Contents ?? []) if (Key !== undefined) found.set(Key, Size ?? 0);
    }
    return found;
  }

  /** The names of the folders directly below a prefix. */
  async folders(prefix: string): Promise<string[]> {
    const found: string[] = [];
    for await (const page of paginateListObjectsV2(
      { client: this.s3 },
      { Bucket: this.name, Prefix: prefix, Delimiter: '/' },
    )) {
      found.push(
        ...(page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix?.slice(prefix.length, -1) ?? []),
      );
    }
    return found;
  }
}
