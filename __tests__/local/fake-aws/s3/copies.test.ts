import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  type CopyObjectCommandInput,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { type FakeS3, stores } from '../../../support/fake-s3';

const MEBIBYTE = 1024 * 1024;

describe.each(stores)('a copy in %s', (_, start) => {
  let s3: FakeS3;
  const Bucket = 'reports';
  const put = (Key: string, Body: string | Buffer) =>
    s3.client.send(new PutObjectCommand({ Bucket, Key, Body }));
  const bytes = async (Key: string) =>
    Buffer.from(
      await (await s3.client.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToByteArray(),
    );
  const copy = (CopySource: string, rest: Partial<CopyObjectCommandInput> = {}) =>
    s3.client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource, ...rest }));

  beforeEach(async () => {
    s3 = await start({ versions: true });
  });
  afterEach(() => s3.stop());

  it('has the content of its source, whatever its name, and a version of its own', async () => {
    const { ETag, VersionId } = await put('a folder/ü+1.csv', 'text');
    const answer = await copy(encodeURI(`${Bucket}/a folder/ü`) + '%2B1.csv');
    expect(answer).toMatchObject({ CopyObjectResult: { ETag }, CopySourceVersionId: VersionId });
    expect(answer.VersionId).not.toBe(VersionId);
    expect((await bytes('copy')).toString()).toBe('text');
  });

  it('has the content of the version that was named', async () => {
    const { VersionId } = await put('a', 'first');
    await put('a', 'second');
    await copy(`${Bucket}/a?versionId=${VersionId}`);
    expect((await bytes('copy')).toString()).toBe('first');
  });

  it('is not made of a source that has changed or is missing', async () => {
    const { ETag: CopySourceIfMatch } = await put('a', 'first');
    await put('a', 'second');
    await expect(copy(`${Bucket}/a`, { CopySourceIfMatch })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(copy(`${Bucket}/none`)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(bytes('copy')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('of a range is a part of an upload, beside parts that are sent', async () => {
    const source = Buffer.alloc(6 * MEBIBYTE, 'abcdefg');
    await put('large', source);
    const { UploadId } = await s3.client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'new' }));
    const part = { Bucket, Key: 'new', UploadId };
    const from = { ...part, PartNumber: 1, CopySource: `${Bucket}/large` };
    const last = source.length - 1;
    const { CopyPartResult } = await s3.client.send(
      new UploadPartCopyCommand({ ...from, CopySourceRange: `bytes=100-${last}` }),
    );
    const sent = await s3.client.send(
      new UploadPartCommand({ ...part, PartNumber: 2, Body: 'end', ChecksumAlgorithm: 'CRC32' }),
    );
    const Parts = [CopyPartResult!, sent].map(({ ETag, ChecksumCRC32 }, index) => {
      return { PartNumber: index + 1, ETag, ChecksumCRC32 };
    });
    await s3.client.send(new CompleteMultipartUploadCommand({ ...part, MultipartUpload: { Parts } }));
    const expected = Buffer.concat([source.subarray(100), Buffer.from('end')]);
    expect((await bytes('new')).equals(expected)).toBe(true);
  });

  it('of a range that the source does not have, or of a small source, is refused', async () => {
    await put('small', 'text');
    await put('large', Buffer.alloc(6 * MEBIBYTE));
    const { UploadId } = await s3.client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'new' }));
    const copyPart = (source: string, CopySourceRange: string) =>
      s3.client.send(
        new UploadPartCopyCommand({
          ...{ Bucket, Key: 'new', UploadId, PartNumber: 1 },
          CopySource: `${Bucket}/${source}`,
          CopySourceRange,
        }),
      );
    await expect(copyPart('small', 'bytes=0-1')).rejects.toMatchObject({ name: 'InvalidRequest' });
    await expect(copyPart('large', `bytes=0-${6 * MEBIBYTE}`)).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
  });
});
