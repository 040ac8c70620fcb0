import {
  CopyObjectCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { BucketPlace } from '../../../handlers/shared/aws/report-bucket';
import { accountOfReport } from '../../../handlers/shared/bucket-layout';
import { type Call, model } from '../model';
import { chargeOf } from './charges';
import type { Cpu } from './cpu';
import type { ModeledAws } from './modeled-aws';
import { StoredObjects } from './stored-objects';

/** Amazon S3 with its objects in memory and the latencies of the model. Clients call it directly, without HTTP. */
export class ModeledBucket {
  readonly objects = new StoredObjects();
  /** Reports that were stored. */
  reports = 0;
  /** When the last report was stored, ms since 1970. */
  lastReportAt = 0;

  constructor(
    private readonly aws: ModeledAws,
    private readonly onReport: () => void = () => undefined,
  ) {}

  /** A client for the functions, which may use only this place. */
  client(cpu: Cpu, { owner, prefix }: BucketPlace): S3Client {
    const client = new S3Client({ region: 'us-east-1' });
    const send = async (command: { input: { ExpectedBucketOwner?: string } }) => {
      await this.aws.call(callOf(command), cpu);
      if (command.input.ExpectedBucketOwner !== owner) throw new Error('The call names another bucket owner');
      return this.execute(command, cpu, prefix);
    };
    return Object.assign(client, { send });
  }

  private async execute(command: unknown, cpu: Cpu, prefix: string): Promise<unknown> {
    if (command instanceof PutObjectCommand) {
      await this.chargeWrite(command.input, cpu, prefix);
      return this.put(command.input, prefix);
    }
    if (command instanceof GetObjectCommand) {
      const { Key: key = '' } = command.input;
      const found = this.objects.get(command.input);
      const content = await found.Body.transformToByteArray();
      await cpu.work(chargeOf(key.slice(prefix.length)).read(content));
      return found;
    }
    if (command instanceof CopyObjectCommand) return this.objects.copy(command.input);
    if (command instanceof ListObjectsV2Command) {
      const listed = this.objects.list(command.input);
      await cpu.work(model.cpuMs.perListedObject * (listed.Contents.length + listed.CommonPrefixes.length));
      return listed;
    }
    if (command instanceof CreateMultipartUploadCommand) return { UploadId: command.input.Key };
    if (command instanceof UploadPartCommand) {
      await this.chargeWrite(command.input, cpu, prefix);
      return this.objects.append(command.input);
    }
    return { ETag: '"whole"' };
  }

  private async chargeWrite(
    { Key: key = '', Body }: Pick<PutObjectCommandInput, 'Key' | 'Body'>,
    cpu: Cpu,
    prefix: string,
  ): Promise<void> {
    await cpu.work(chargeOf(key.slice(prefix.length)).written(Buffer.from(Body as string)));
  }

  private put(input: PutObjectCommand['input'], prefix: string) {
    const { Key: key = '' } = input;
    if (accountOfReport(key.slice(prefix.length)) && !this.objects.has(key)) {
      this.reports += 1;
      this.lastReportAt = Date.now();
      this.onReport();
    }
    return this.objects.put(input);
  }
}

/** Uploading a part takes as long as an object, and the other calls of a multipart upload as long as a list. */
function callOf(command: unknown): Call {
  const isOf = (...kinds: (abstract new (...input: never) => object)[]) =>
    kinds.some((kind) => command instanceof kind);
  if (isOf(GetObjectCommand)) return 'GetObject';
  if (isOf(CopyObjectCommand)) return 'CopyObject';
  if (isOf(PutObjectCommand, UploadPartCommand)) return 'PutObject';
  if (isOf(ListObjectsV2Command, CreateMultipartUploadCommand, CompleteMultipartUploadCommand))
    return 'ListObjectsV2';
  throw new Error(`The modeled bucket does not support ${(command as object).constructor.name}`);
}
