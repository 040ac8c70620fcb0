import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { type FakeS3, stores } from '../../../support/fake-s3';

describe.each(stores)('a bucket with versions in %s', (_, start) => {
  let s3: FakeS3;
  const place = { Bucket: 'reports', Key: 'a/b.csv' };
  const put = async (Body: string, Key = place.Key) =>
    (await s3.client.send(new PutObjectCommand({ ...place, Key, Body }))).VersionId!;
  const get = async (VersionId?: string) => {
    const answer = await s3.client.send(new GetObjectCommand({ ...place, VersionId }));
    return [await answer.Body!.transformToString(), answer.VersionId];
  };
  const remove = (VersionId?: string) => s3.client.send(new DeleteObjectCommand({ ...place, VersionId }));
  const list = async (rest = {}) =>
    s3.client.send(new ListObjectVersionsCommand({ Bucket: 'reports', ...rest }));

  beforeEach(async () => {
    s3 = await start({ versions: true });
  });
  afterEach(() => s3.stop());

  it('returns the latest version, and each earlier one by its ID', async () => {
    const [first, second] = [await put('first'), await put('second')];
    expect(await get()).toEqual(['second', second]);
    expect(await get(first)).toEqual(['first', first]);
    expect(await get(second)).toEqual(['second', second]);
    await expect(get('other')).rejects.toMatchObject({ name: 'NoSuchVersion' });
  });

  it('describes each version without its content', async () => {
    const first = await put('first');
    await put('longer');
    const head = async (VersionId?: string) => {
      const { ContentLength, ETag } = await s3.client.send(new HeadObjectCommand({ ...place, VersionId }));
      return [ContentLength, ETag];
    };
    expect(await head()).toEqual([6, '"67c35b0654107413e3a1dcbafa96a45c"']);
    expect(await head(first)).toEqual([5, '"8b04d5e3775d298e78455efc5ca404d5"']);
  });

  it('keeps every version of an object that is deleted', async () => {
    const first = await put('first');
    const { DeleteMarker, VersionId: marker } = await remove();
    expect(DeleteMarker).toBe(true);
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(get(marker)).rejects.toMatchObject({ name: 'MethodNotAllowed' });
    expect(await get(first)).toEqual(['first', first]);
    expect((await s3.client.send(new ListObjectsV2Command({ Bucket: 'reports' }))).Contents).toBeUndefined();
  });

  it('restores the object when its delete marker is deleted', async () => {
    const first = await put('first');
    const { VersionId: marker } = await remove();
    expect((await remove(marker)).DeleteMarker).toBe(true);
    expect(await get()).toEqual(['first', first]);
  });

  it('forgets a version that is deleted by its ID, and returns the one before', async () => {
    const ids = [await put('1'), await put('2'), await put('3')];
    await remove(ids[1]);
    await expect(get(ids[1])).rejects.toMatchObject({ name: 'NoSuchVersion' });
    await remove(ids[2]);
    expect(await get()).toEqual(['1', ids[0]]);
    await remove(ids[0]);
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect((await list()).Versions).toBeUndefined();
  });

  it('lists versions and delete markers, the newest of a key first, with what the versions contain', async () => {
    const ids = [await put('1'), await put('22')];
    const { VersionId: marker } = await remove();
    const [third, other] = [await put('333'), await put('x', 'a/c.csv')];
    await put('y', 'z');
    const { Versions, DeleteMarkers } = await list({ Prefix: 'a/' });
    expect(Versions!.map(({ Key, VersionId, IsLatest, Size }) => [Key, VersionId, IsLatest, Size])).toEqual([
      ['a/b.csv', third, true, 3],
      ['a/b.csv', ids[1], false, 2],
      ['a/b.csv', ids[0], false, 1],
      ['a/c.csv', other, true, 1],
    ]);
    expect(DeleteMarkers!.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([[marker, false]]);
    // MD5 of "1".
    expect(Versions![2]!.ETag).toBe('"c4ca4238a0b923820dcc509a6f75849b"');
    for (const { LastModified } of Versions!) expect(LastModified).toBeInstanceOf(Date);
  });

  it('lists page by page, also when a page ends within the versions of a key', async () => {
    const ids = [await put('1'), await put('2'), await put('3'), await put('x', 'a/c.csv')];
    const found: unknown[] = [];
    let markers: object | undefined = {};
    while (markers) {
      const page = await list({ MaxKeys: 2, ...markers });
      expect(page.Versions!.length).toBeLessThanOrEqual(2);
      found.push(...page.Versions!.map(({ VersionId }) => VersionId));
      const { IsTruncated, NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
      markers = IsTruncated ? { KeyMarker, VersionIdMarker } : undefined;
    }
    expect(found).toEqual([ids[2], ids[1], ids[0], ids[3]]);
  });
});

describe.each(stores)('a bucket without versions in %s', (_, start) => {
  let s3: FakeS3;
  const place = { Bucket: 'reports', Key: 'a' };
  beforeEach(async () => {
    s3 = await start({});
  });
  afterEach(() => s3.stop());

  it('returns no version IDs', async () => {
    const put = new PutObjectCommand({ ...place, Body: 'text' });
    expect((await s3.client.send(put)).VersionId).toBeUndefined();
    expect((await s3.client.send(new GetObjectCommand(place))).VersionId).toBeUndefined();
    const { Versions } = await s3.client.send(new ListObjectVersionsCommand({ Bucket: 'reports' }));
    expect(Versions).toMatchObject([{ Key: 'a', VersionId: 'null', IsLatest: true }]);
  });

  it('deletes for ever', async () => {
    await s3.client.send(new PutObjectCommand({ ...place, Body: 'text' }));
    const { DeleteMarker, VersionId } = await s3.client.send(new DeleteObjectCommand(place));
    expect([DeleteMarker, VersionId]).toEqual([undefined, undefined]);
    await expect(s3.client.send(new HeadObjectCommand(place))).rejects.toMatchObject({ name: 'NotFound' });
    await expect(s3.client.send(new DeleteObjectCommand(place))).resolves.toBeDefined();
  });
});
