import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { ReportBucket } from '../../../../handlers/shared/aws/report-bucket';
import { objectsInMemory } from '../../../../local/fake-aws/s3/objects';
import { ServiceError } from '../../../../local/fake-aws/service';
import { MemoryS3 } from '../../../support/memory-s3';

const place = { Bucket: 'reports', Key: 'a' };
const head = (s3: MemoryS3) => s3.client.send(new HeadObjectCommand(place));

describe('a bucket in memory', () => {
  it('tells what was written, in which order and with which headers', async () => {
    const s3 = new MemoryS3();
    const bucket = new ReportBucket(s3.client, { name: s3.name, owner: '111111111111', prefix: '' });
    await bucket.putJson('b', { text: 'ü' });
    const upload = bucket.upload('a', 'text/csv');
    for (let number = 0; number < 9; number++) await upload.write('x'.repeat(1024 * 1024));
    await upload.complete();
    expect(s3.written).toEqual(['b', 'a']);
    expect(s3.json('b')).toEqual({ text: 'ü' });
    expect(s3.objects.get('a')).toHaveLength(9 * 1024 * 1024);
    expect(s3.headersOf('a')).toMatchObject({ 'content-type': 'text/csv' });
    expect(s3.headersOf('b')).toMatchObject({ 'content-type': 'application/json' });
  });

  it('can be edited behind the back of its readers, with and without a new version', async () => {
    const s3 = new MemoryS3();
    await s3.client.send(new PutObjectCommand({ ...place, Body: 'text' }));
    const first = await head(s3);
    s3.objects.set('a', Buffer.from('edited'));
    const edited = await head(s3);
    expect(edited.VersionId).toBe(first.VersionId);
    expect(edited.ETag).not.toBe(first.ETag);
    s3.put('a', 'replaced');
    expect((await head(s3)).VersionId).not.toBe(first.VersionId);
    const { Body } = await s3.client.send(new GetObjectCommand({ ...place, VersionId: first.VersionId }));
    expect(await Body!.transformToString()).toBe('edited');
    expect(s3.written).toEqual(['a']);
    s3.objects.delete('a');
    await expect(head(s3)).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('takes the time of an edit for the time of the object', () => {
    const contents = new Map<string, Buffer>();
    const objects = objectsInMemory(contents);
    const longAgo = new Date('2020-01-01');
    objects.put('a', Buffer.from('text'), longAgo);
    expect(objects.modified('a')).toEqual(longAgo);
    contents.set('a', Buffer.from('edited'));
    expect(objects.modified('a')).not.toEqual(longAgo);
  });

  it('can be deleted from, with a delete marker and for ever', async () => {
    const s3 = new MemoryS3({ owner: '111111111111', requireOwner: false });
    const { VersionId } = await s3.client.send(new PutObjectCommand({ ...place, Body: 'text' }));
    const first = new GetObjectCommand({ ...place, VersionId });
    s3.delete('a');
    await expect(head(s3)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(s3.client.send(first)).resolves.toBeDefined();
    s3.delete('a', VersionId);
    await expect(s3.client.send(first)).rejects.toMatchObject({ name: 'NoSuchVersion' });
  });

  it('keeps what was sent when the sender uses its buffer again', async () => {
    const s3 = new MemoryS3();
    const Body = Buffer.from('text');
    await s3.client.send(new PutObjectCommand({ ...place, Body }));
    Body.fill('x');
    expect(s3.text('a')).toBe('text');
  });

  it('records each call, and can refuse it', async () => {
    const s3 = new MemoryS3();
    s3.put('a', 'text');
    s3.onCall = ({ method, key }) => {
      if (method === 'GET' && key === 'a') throw new ServiceError(403, 'AccessDenied', 'refused');
    };
    await expect(s3.client.send(new GetObjectCommand(place))).rejects.toMatchObject({ name: 'AccessDenied' });
    await head(s3);
    expect(s3.calls.map(({ method, key }) => `${method} ${key}`)).toEqual(['GET a', 'HEAD a']);
  });
});
