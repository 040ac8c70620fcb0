/** The local S3 over each kind of store, behind a real client. */
import { S3Client } from '@aws-sdk/client-s3';
import { credentialsOf } from '../../local/fake-aws/credentials';
import { LocalEndpoint } from '../../local/fake-aws/server';
import { type S3Options, s3Service } from '../../local/fake-aws/s3/s3-service';
import { temporaryFolder } from '../../tools/support/embedded';
import { MemoryS3 } from './memory-s3';

export interface FakeS3 {
  client: S3Client;
  stop: () => Promise<void>;
}

async function overFolder(options: S3Options): Promise<FakeS3> {
  const { folder, remove } = temporaryFolder();
  const endpoint = await LocalEndpoint.start({ s3: s3Service(folder, options) });
  const client = new S3Client({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: credentialsOf(),
  });
  const stop = async () => {
    client.destroy();
    await endpoint.stop();
    remove();
  };
  return { client, stop };
}

const inMemory = ({ versions = false, ...owner }: S3Options): Promise<FakeS3> =>
  Promise.resolve({
    client: new MemoryS3({ versions, ...owner }).client,
    stop: () => Promise.resolve(),
  });

export const stores: [store: string, start: (options: S3Options) => Promise<FakeS3>][] = [
  ['a folder', overFolder],
  ['memory', inMemory],
];
