import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { type FakeS3, stores } from '../../../support/fake-s3';

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

describe.each(stores)('a write to a bucket in %s', (_, start) => {
  let s3: FakeS3;
  const place = { Bucket: 'reports', Key: 'a' };
  const read = async () => (await s3.client.send(new GetObjectCommand(place))).Body!.transformToString();

  /** The same conditions hold for both ways to write. */
  const put = (Body: string, rest: Partial<PutObjectCommandInput> = {}) =>
    s3.client.send(new PutObjectCommand({ ...place, Body, ...rest }));
  const upload = async (Body: string, rest: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'> = {}) => {
    const { UploadId } = await s3.client.send(new CreateMultipartUploadCommand(place));
    const part = { ...place, UploadId, PartNumber: 1 };
    const { ETag, ChecksumCRC32 } = await s3.client.send(
      new UploadPartCommand({ ...part, Body, ChecksumAlgorithm: 'CRC32' }),
    );
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag, ChecksumCRC32 }] };
    try {
      return await s3.client.send(
        new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload, ...rest }),
      );
    } catch (error) {
      await s3.client.send(new AbortMultipartUploadCommand({ ...place, UploadId }));
      throw error;
    }
  };
  const ways = [
    ['PutObject', put],
    ['CompleteMultipartUpload', upload],
  ] as const;

  beforeEach(async () => {
    s3 = await start({ versions: true });
  });
  afterEach(() => s3.stop());

  it.each(ways)('by %s with If-None-Match creates an object and never replaces one', async (_way, write) => {
    const first = await write('first', { IfNoneMatch: '*' });
    expect(first.VersionId).toMatch(/\w/);
    await expect(write('second', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    expect(await read()).toBe('first');
  });

  it.each(ways)('by %s with If-Match replaces only the object that was read', async (_way, write) => {
    const { ETag } = await write('first');
    await write('second', { IfMatch: ETag });
    await expect(write('third', { IfMatch: ETag })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(await read()).toBe('second');
  });

  it('takes a deleted object for none', async () => {
    const { ETag } = await put('first');
    await s3.client.send(new DeleteObjectCommand(place));
    await expect(put('second', { IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' });
    await put('third', { IfNoneMatch: '*' });
    expect(await read()).toBe('third');
  });

  it('is refused when the content does not have its SHA-256', async () => {
    expect((await put('text', { ChecksumSHA256: sha256('text') })).ChecksumSHA256).toBe(sha256('text'));
    await expect(put('other', { ChecksumSHA256: sha256('text') })).rejects.toMatchObject({
      name: 'BadDigest',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(put('other', { ChecksumSHA256: 'short' })).rejects.toMatchObject({ name: 'InvalidRequest' });
    expect(await read()).toBe('text');
  });

  it('is listed with size, time and the ETag that the writer got', async () => {
    const { ETag } = await put('text');
    const { Contents } = await s3.client.send(new ListObjectsV2Command({ Bucket: 'reports' }));
    expect(Contents).toEqual([{ Key: 'a', Size: 4, ETag, LastModified: expect.any(Date) as Date }]);
    expect(Math.abs(Contents![0]!.LastModified!.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('is listed only if its key comes after the one from which a reader starts', async () => {
    for (const Key of ['a', 'b', 'c'])
      await s3.client.send(new PutObjectCommand({ ...place, Key, Body: 'x' }));
    const list = new ListObjectsV2Command({ Bucket: 'reports', StartAfter: 'a' });
    expect((await s3.client.send(list)).Contents!.map(({ Key }) => Key)).toEqual(['b', 'c']);
  });
});
