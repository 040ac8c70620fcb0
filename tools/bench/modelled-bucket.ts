import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Cpu } from './cpu';
import { type Call, model } from './model';
import type { ModelledAws } from './modelled-aws';
import { StoredObjects } from './stored-objects';

const isReport = (key: string) => key.includes('/credentialReport_');

/** Amazon S3 behind the client of one environment: the bucket's objects in memory, the time of the model. */
export class ModelledBucket {
  readonly objects = new StoredObjects();
  reports = 0;
  /** When the last report came, ms since 1970. */
  lastReportAt = 0;

  constructor(
    private readonly aws: ModelledAws,
    private readonly onReport: () => void = () => undefined,
  ) {}

  client(cpu: Cpu): S3Client {
    const client = new S3Client({ region: 'us-east-1' });
    const send = async (command: unknown) => {
      await this.aws.call(callOf(command), cpu);
      return this.answer(command, cpu);
    };
    return Object.assign(client, { send });
  }

  private async answer(command: unknown, cpu: Cpu): Promise<unknown> {
    if (command instanceof PutObjectCommand) return this.put(command.input);
    if (command instanceof GetObjectCommand) {
      // Whoever reads reports goes through them.
      await cpu.work(model.cpuMsPerReport * this.reportsIn(command.input.Key ?? ''));
      return this.objects.get(command.input);
    }
    if (command instanceof ListObjectsV2Command) return this.objects.list(command.input);
    if (command instanceof CreateMultipartUploadCommand) return { UploadId: command.input.Key };
    if (command instanceof UploadPartCommand) return this.objects.append(command.input);
    if (command instanceof CompleteMultipartUploadCommand) return { ETag: '"whole"' };
    throw new Error('The modelled bucket does not know this command');
  }

  private reportsIn(key: string): number {
    if (isReport(key)) return 1;
    return key.startsWith('report-packs/')
      ? Object.keys(JSON.parse(this.objects.text(key)) as object).length
      : 0;
  }

  private put(input: PutObjectCommand['input']): { ETag: string } {
    if (isReport(input.Key ?? '') && !this.objects.has(input.Key ?? '')) {
      this.reports += 1;
      this.lastReportAt = Date.now();
      this.onReport();
    }
    return this.objects.put(input);
  }
}

/** A part takes the time of an object, and the other calls of an upload that of a list. */
function callOf(command: unknown): Call {
  if (command instanceof GetObjectCommand) return 'GetObject';
  return command instanceof PutObjectCommand || command instanceof UploadPartCommand
    ? 'PutObject'
    : 'ListObjectsV2';
}
