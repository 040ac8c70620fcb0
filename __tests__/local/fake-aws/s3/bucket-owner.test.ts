import { CopyObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { MemoryS3 } from '../../../support/memory-s3';

const [OWNER, OTHER] = ['111111111111', '222222222222'];
const place = { Bucket: 'reports', Key: 'a', Body: 'text' };
const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };

describe('a bucket with an owner', () => {
  const s3 = new MemoryS3({ owner: OWNER });

  it('serves a request that expects this owner', async () => {
    await s3.client.send(new PutObjectCommand({ ...place, ExpectedBucketOwner: OWNER }));
    expect(s3.text('a')).toBe('text');
  });

  it('refuses a request that expects another owner or none', async () => {
    for (const ExpectedBucketOwner of [OTHER, undefined]) {
      const put = s3.client.send(new PutObjectCommand({ ...place, Key: 'b', ExpectedBucketOwner }));
      await expect(put).rejects.toMatchObject(denied);
      const list = s3.client.send(new ListObjectsV2Command({ Bucket: 'reports', ExpectedBucketOwner }));
      await expect(list).rejects.toMatchObject(denied);
    }
    expect([...s3.objects.keys()]).toEqual(['a']);
  });

  it('refuses a copy that does not say whose bucket its source is in', async () => {
    const copy = { Bucket: 'reports', Key: 'copy', CopySource: 'reports/a', ExpectedBucketOwner: OWNER };
    await expect(s3.client.send(new CopyObjectCommand(copy))).rejects.toMatchObject(denied);
    await s3.client.send(new CopyObjectCommand({ ...copy, ExpectedSourceBucketOwner: OWNER }));
    expect(s3.text('copy')).toBe('text');
  });
});

describe('a bucket whose owner need not be expected', () => {
  it('serves a request that expects none, as Amazon S3 does', async () => {
    const { client } = new MemoryS3({ owner: OWNER, requireOwner: false });
    await expect(client.send(new PutObjectCommand(place))).resolves.toBeDefined();
    const other = new PutObjectCommand({ ...place, ExpectedBucketOwner: OTHER });
    await expect(client.send(other)).rejects.toMatchObject(denied);
  });
});
