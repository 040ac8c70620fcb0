import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  S3Client,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { type Caller, aws } from '../support/emulator/aws-cli';
import { clientOf } from '../support/emulator/organization';

/** The report bucket as an auditor sees it; keys are those below the prefix of the environment. */
export class Bucket {
  private readonly client: S3Client;

  constructor(
    private readonly name: string,
    private readonly prefix: string,
    private readonly caller: Caller,
  ) {
    this.client = new S3Client({ ...clientOf(caller), forcePathStyle: true });
  }

  /** As people write it. */
  get url(): string {
    return `s3://${this.name}/${this.prefix}`;
  }

  /** Every key that starts with some text. */
  async keys(start: string): Promise<string[]> {
    const all = await this.allKeys(`${this.prefix}${start}`);
    return all.map((key) => key.slice(this.prefix.length));
  }

  /** Every object whose key starts with some text, by its key. */
  async objects(start: string): Promise<Record<string, string>> {
    const objects: Record<string, string> = {};
    for (const key of await this.keys(start)) {
      const place = { Bucket: this.name, Key: `${this.prefix}${key}` };
      const { Body } = await this.client.send(new GetObjectCommand(place));
      objects[key] = (await Body?.transformToString()) ?? '';
    }
    return objects;
  }

  /** Keys that are not below the prefix, complete. */
  async keysElsewhere(): Promise<string[]> {
    const all = await this.allKeys('');
    return all.filter((key) => !key.startsWith(this.prefix));
  }

  /** Copies the current objects to a folder, as `docs/verifying.md` says. */
  async download(folder: string): Promise<void> {
    await aws(this.caller, 's3 sync --only-show-errors', {}, [this.url, folder]);
  }

  /** Terraform does not destroy a bucket that holds reports: whoever means it empties the bucket first. */
  async empty(): Promise<void> {
    const all = await this.client.send(new ListObjectVersionsCommand({ Bucket: this.name }));
    for (const { Key, VersionId } of [...(all.Versions ?? []), ...(all.DeleteMarkers ?? [])]) {
      await this.client.send(new DeleteObjectCommand({ Bucket: this.name, Key, VersionId }));
    }
  }

  private async allKeys(Prefix: string): Promise<string[]> {
    const keys: string[] = [];
    const pages = paginateListObjectsV2({ client: this.client }, { Bucket: this.name, Prefix });
    for await (const { Contents } of pages) keys.push(...(Contents ?? []).map(({ Key = '' }) => Key));
    return keys;
  }
}
