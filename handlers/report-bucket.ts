import {
  GetObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import type { HttpHandlerOptions } from '@smithy/types';
import type * as z from 'zod/mini';
import { validated } from './validation';

/** A file of the run together with the version of it that was read. */
export interface VersionedFile<Content> {
  content: Content;
  etag: string;
}

/** The bucket of the reports, as the functions see it. Encryption is the bucket's own default. */
export class ReportBucket {
  constructor(
    private readonly s3: S3Client,
    private readonly name: string,
  ) {}

  /** Where a file can be found, for people. */
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

  async list(prefix: string): Promise<string[]> {
    const found: string[] = [];
    for await (const page of paginateListObjectsV2(
      { client: this.s3 },
      { Bucket: this.name, Prefix: prefix },
    )) {
      found.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    }
    return found;
  }
}
