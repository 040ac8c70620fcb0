/** Amazon S3's rules about encryption, ACLs and policies, as the embedded S3 keeps them. */
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { BucketProtection } from '../../../../local/fake-aws/s3/protected-bucket';
import { MemoryS3 } from '../../../support/memory-s3';

const KEY = 'arn:aws:kms:us-east-1:333333333333:key/1';
const Bucket = 'reports';
const withKey = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY } as const;

const started = (protection: BucketProtection = {}) => {
  const s3 = new MemoryS3(protection);
  return {
    s3,
    put: (Key: string, rest: Partial<PutObjectCommandInput> = {}) =>
      s3.client.send(new PutObjectCommand({ Bucket, Key, Body: 'text', ...rest })),
    head: (Key: string, VersionId?: string) =>
      s3.client.send(new HeadObjectCommand({ Bucket, Key, VersionId })),
  };
};

describe('the encryption of an object', () => {
  it('is what the request says, or the default of the bucket', async () => {
    const { put, head } = started({ defaultKey: KEY });
    await put('default');
    await put('managed', { ServerSideEncryption: 'AES256' });
    await put('key', { ...withKey, SSEKMSKeyId: `${KEY}2` });
    await expect(head('default')).resolves.toMatchObject(withKey);
    await expect(head('managed')).resolves.toMatchObject({ ServerSideEncryption: 'AES256' });
    await expect(head('key')).resolves.toMatchObject({ SSEKMSKeyId: `${KEY}2` });
  });

  it('belongs to its version, and is told to who reads it', async () => {
    const { s3, put, head } = started();
    const { VersionId } = await put('a', withKey);
    await put('a');
    await expect(head('a')).resolves.toMatchObject({ ServerSideEncryption: 'AES256' });
    await expect(head('a', VersionId)).resolves.toMatchObject(withKey);
    const read = s3.client.send(new GetObjectCommand({ Bucket, Key: 'a', VersionId }));
    await expect(read).resolves.toMatchObject(withKey);
  });

  it('of a copy is not that of its source', async () => {
    const { s3, put, head } = started();
    await put('source', withKey);
    const copy = { Bucket, Key: 'copy', CopySource: `${Bucket}/source` };
    await s3.client.send(new CopyObjectCommand(copy));
    await expect(head('copy')).resolves.toMatchObject({ ServerSideEncryption: 'AES256' });
    await s3.client.send(new CopyObjectCommand({ ...copy, ...withKey }));
    await expect(head('copy')).resolves.toMatchObject(withKey);
  });

  it('of an upload in parts is said when it starts, and not again', async () => {
    const { s3, head } = started();
    const place = { Bucket, Key: 'large' };
    const { UploadId } = await s3.client.send(new CreateMultipartUploadCommand({ ...place, ...withKey }));
    const upload = { ...place, UploadId };
    const sent = new UploadPartCommand({
      ...{ ...upload, PartNumber: 1, Body: 'end', ChecksumAlgorithm: 'CRC32' as const },
    });
    const { ETag, ChecksumCRC32, SSEKMSKeyId } = await s3.client.send(sent);
    expect(SSEKMSKeyId).toBe(KEY);
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag, ChecksumCRC32 }] };
    await s3.client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
    await expect(head('large')).resolves.toMatchObject(withKey);
    sent.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers['x-amz-server-side-encryption'] =
          'AES256';
        return next(args);
      },
      { step: 'build' },
    );
    await expect(s3.client.send(sent)).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'x-amz-server-side-encryption header is not supported for this operation.',
    });
  });

  it.each([
    [{ SSEKMSKeyId: KEY }, 'InvalidArgument'],
    [{ ServerSideEncryption: 'AES256', SSEKMSKeyId: KEY }, 'InvalidArgument'],
    [{ ServerSideEncryption: 'AES' as 'AES256' }, 'InvalidEncryptionAlgorithmError'],
  ] as const)('cannot be %j', async (said, name) => {
    const { s3, put } = started();
    await expect(put('a', said)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
    expect(s3.objects.size).toBe(0);
  });
});

describe('an ACL', () => {
  it('is refused by a bucket that owns every object, unless it gives the object to the owner', async () => {
    const { put } = started();
    for (const ACL of ['private', 'public-read', 'bucket-owner-read'] as const)
      await expect(put('a', { ACL })).rejects.toMatchObject({
        name: 'AccessControlListNotSupported',
        $metadata: { httpStatusCode: 400 },
      });
    await expect(put('a', { ACL: 'bucket-owner-full-control' })).resolves.toBeDefined();
  });

  it('is accepted by a bucket that has ACLs', async () => {
    const { put } = started({ enforcesOwner: false });
    await expect(put('a', { ACL: 'private' })).resolves.toBeDefined();
  });
});

describe('a policy that denies', () => {
  const denials = (Condition: object, Action: string | string[] = 's3:PutObject', key = '*') => [
    {
      Effect: 'Deny' as const,
      Action,
      Resource: `arn:aws:s3:::${Bucket}/${key}`,
      Condition: Condition as never,
    },
  ];
  const encryption = 's3:x-amz-server-side-encryption';

  it.each([
    ['Null', { Null: { [encryption]: 'true' } }, ['none']],
    ['Null', { Null: { [encryption]: 'false' } }, ['AES256', 'aws:kms']],
    ['StringEquals', { StringEquals: { [encryption]: 'AES256' } }, ['AES256']],
    ['StringNotEquals', { StringNotEquals: { [encryption]: ['AES256', 'aws:kms'] } }, ['none']],
    ['StringNotEqualsIfExists', { StringNotEqualsIfExists: { [encryption]: 'AES256' } }, ['none', 'aws:kms']],
    ['StringEqualsIfExists', { StringEqualsIfExists: { [encryption]: 'AES256' } }, ['none', 'AES256']],
    ['StringLike', { StringLike: { [encryption]: 'aws:???' } }, ['aws:kms']],
    ['StringNotLike', { StringNotLike: { [encryption]: 'aws:*' } }, ['none', 'AES256']],
    ['Bool', { Bool: { 'aws:SecureTransport': 'false' } }, []],
    ['NumericLessThan', { NumericLessThan: { 's3:TlsVersion': '1.2' } }, []],
    ['NumericLessThan', { NumericLessThan: { 's3:TlsVersion': '1.4' } }, ['none', 'AES256', 'aws:kms']],
    [
      'all of two conditions',
      { Null: { [encryption]: 'false' }, StringNotEquals: { [`${encryption}-aws-kms-key-id`]: KEY } },
      ['AES256'],
    ],
  ])('is decided by %s (%#)', async (_, Condition, denied) => {
    const { put } = started({ denials: denials(Condition) });
    const tries = { none: {}, AES256: { ServerSideEncryption: 'AES256' as const }, 'aws:kms': withKey };
    const found: string[] = [];
    for (const [name, said] of Object.entries(tries)) {
      await put('a', said).catch((error: unknown) => {
        expect(error).toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
        found.push(name);
      });
    }
    expect(found).toEqual(denied);
  });

  it('is about its actions and its keys alone', async () => {
    const { s3, put, head } = started({ denials: denials({}, ['s3:Put*', 's3:GetObject'], 'locked/??.csv') });
    await put('free/aa.csv');
    await put('locked/a.csv');
    await expect(put('locked/aa.csv')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(head('locked/aa.csv')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    await expect(s3.client.send(new ListObjectsV2Command({ Bucket }))).resolves.toMatchObject({
      KeyCount: 2,
    });
  });

  it('is not passed over if one of its operators is not known', async () => {
    const { put } = started({ denials: denials({ DateLessThan: { 'aws:CurrentTime': '2026-11-22' } }) });
    await expect(put('a')).rejects.toThrow('The condition operator DateLessThan is not supported');
  });
});
