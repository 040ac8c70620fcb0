import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { accountOfReport, prefixes } from '../../../handlers/shared/bucket-layout';
import { type Call, model } from '../model';
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

  client(cpu: Cpu): S3Client {
    const client = new S3Client({ region: 'us-east-1' });
    const send = async (command: unknown) => {
      await this.aws.call(callOf(command), cpu);
      return this.execute(command, cpu);
    };
    return Object.assign(client, { send });
  }

  private async execute(command: unknown, cpu: Cpu): Promise<unknown> {
    if (command instanceof PutObjectCommand) return this.put(command.input);
    if (command instanceof GetObjectCommand) {
      // The function that reads reports evaluates them.
      await cpu.work(model.cpuMsPerReport * this.reportsIn(command.input.Key ?? ''));
      return this.objects.get(command.input);
    }
    if (command instanceof ListObjectsV2Command) return this.objects.list(command.input);
    if (command instanceof CreateMultipartUploadCommand) return { UploadId: command.input.Key };
    if (command instanceof UploadPartCommand) return this.objects.append(command.input);
    if (command instanceof CompleteMultipartUploadCommand) return { ETag: '"whole"' };
    throw new Error('The modeled bucket does not support this command');
  }

  private reportsIn(key: string): number {
    if (accountOfReport(key)) return 1;
    return key.startsWith(prefixes.allReportPacks)
      ? Object.keys(JSON.parse(this.objects.text(key)) as object).length
      : 0;
  }

  private put(input: PutObjectCommand['input']): { ETag: string } {
    const { Key: key = '' } = input;
    if (accountOfReport(key) && !this.objects.has(key)) {
      this.reports += 1;
      this.lastReportAt = Date.now();
      this.onReport();
    }
    return this.objects.put(input);
  }
}

/** Uploading a part takes as long as an object, and the other calls of a multipart upload as long as a list. */
function callOf(command: unknown): Call {
  if (command instanceof GetObjectCommand) return 'GetObject';
  return command instanceof PutObjectCommand || command instanceof UploadPartCommand
    ? 'PutObject'
    : 'ListObjectsV2';
}
