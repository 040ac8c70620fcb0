import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DescribeKeyCommand, KMSClient, paginateListKeys } from '@aws-sdk/client-kms';
import type { Caller } from '../support/emulator/aws-cli';
import { clientOf } from '../support/emulator/organization';

/** Key of the object that stands for all reports. */
const Key = '2026-01-01/credentialReport_111122223333.csv';

const s3 = (caller: Caller) => new S3Client({ ...clientOf(caller), forcePathStyle: true });

export async function putReport(Bucket: string, caller: Caller): Promise<void> {
  await s3(caller).send(new PutObjectCommand({ Bucket, Key, Body: 'user,arn\n' }));
}

/** What is in a bucket, and how it is protected, by what protects it. */
export async function storedIn(Bucket: string, caller: Caller): Promise<Record<string, string>> {
  const client = s3(caller);
  const bucket = { Bucket };
  const looks = {
    report: async () => (await client.send(new GetObjectCommand({ ...bucket, Key }))).VersionId,
    'public access block': async () =>
      (await client.send(new GetPublicAccessBlockCommand(bucket))).PublicAccessBlockConfiguration,
    ownership: async () =>
      (await client.send(new GetBucketOwnershipControlsCommand(bucket))).OwnershipControls,
    policy: async () => (await client.send(new GetBucketPolicyCommand(bucket))).Policy,
    encryption: async () =>
      (await client.send(new GetBucketEncryptionCommand(bucket))).ServerSideEncryptionConfiguration,
    versioning: async () => (await client.send(new GetBucketVersioningCommand(bucket))).Status,
    lifecycle: async () => (await client.send(new GetBucketLifecycleConfigurationCommand(bucket))).Rules,
    lock: async () =>
      (await client.send(new GetObjectLockConfigurationCommand(bucket))).ObjectLockConfiguration?.Rule,
  };
  const found = Object.entries(looks).map(async ([what, look]) => {
    // An error says that the bucket has no such setting, or that the report is gone.
    const seen: unknown = await look().catch((error: unknown) => (error as Error).name);
    return [what, seen === undefined ? 'none' : JSON.stringify(seen)] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

/** The state of every key of an account, by its ARN, except those of alerts, which encrypt nothing that lasts. */
export async function keyStates(caller: Caller): Promise<Record<string, string>> {
  const client = new KMSClient(clientOf(caller));
  const states: Record<string, string> = {};
  for await (const { Keys } of paginateListKeys({ client }, {})) {
    for (const { KeyId } of Keys ?? []) {
      const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
      const { Arn = '', KeyState = '', Description = '' } = KeyMetadata ?? {};
      if (!Description.startsWith('Alerts')) states[Arn] = KeyState;
    }
  }
  return states;
}
