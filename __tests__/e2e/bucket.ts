import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  S3Client,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import type { Caller } from '../support/emulator/aws-cli';
import { clientOf } from '../support/emulator/organization';

/** The report bucket as an auditor sees it. */
export class Bucket {
  private readonly client: S3Client;

  constructor(
    private readonly name: string,
    caller: Caller,
  ) {
    this.client = new S3Client({ ...clientOf(caller), forcePathStyle: true });
  }

  /** Every object below a prefix, by its key. */
  async objects(prefix: string): Promise<Record<string, string>> {
    const objects: Record<string, string> = {};
    const pages = paginateListObjectsV2({ client: this.client }, { Bucket: this.name, Prefix: prefix });
    for await (const { Contents } of pages) {
      for (const { Key = '' } of Contents ?? []) {
        const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.name, Key }));
        objects[Key] = (await Body?.transformToString()) ?? '';
      }
    }
    return objects;
  }

  /** Terraform does not destroy a bucket that holds reports: whoever means it empties the bucket first. */
  async empty(): Promise<void> {
    const all = await this.client.send(new ListObjectVersionsCommand({ Bucket: this.name }));
    for (const { Key, VersionId } of [...(all.Versions ?? []), ...(all.DeleteMarkers ?? [])]) {
      await this.client.send(new DeleteObjectCommand({ Bucket: this.name, Key, VersionId }));
    }
  }
}
