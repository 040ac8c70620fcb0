import * as z from 'zod/mini';
import { ReportBucket, bucketPlaceOf } from '../../../../handlers/shared/aws/report-bucket';
import { sha256Of } from '../../../../handlers/shared/hash';
import { COLLECTING_ACCOUNT } from '../../../../tools/support/embedded-execution';
import { useEverything } from '../../../support/every-call';
import { reportStore } from '../../../support/report-store';

describe('every call of the report bucket', () => {
  it('says who owns the bucket, also that of the source of a copy', async () => {
    const store = reportStore();
    await useEverything(store);
    const { calls } = store.s3;
    expect(new Set(calls.map(({ method }) => method))).toEqual(new Set(['PUT', 'GET', 'POST', 'DELETE']));
    expect(calls.filter(({ query }) => 'continuation-token' in query)).not.toEqual([]);
    for (const { method, key, headers } of calls) {
      const call = `${method} ${key}`;
      expect([call, headers['x-amz-expected-bucket-owner']]).toEqual([call, COLLECTING_ACCOUNT]);
      if (headers['x-amz-copy-source'] !== undefined)
        expect([call, headers['x-amz-source-expected-bucket-owner']]).toEqual([call, COLLECTING_ACCOUNT]);
    }
  });

  it('names keys and prefixes below the prefix of the environment', async () => {
    const store = reportStore({ prefix: 'one/' });
    await useEverything(store);
    for (const { method, key, query, headers } of store.s3.calls) {
      const named = key === '' ? query.prefix : key;
      expect([method, named]).toEqual([method, expect.stringMatching(/^one\//)]);
      const source = headers['x-amz-copy-source'];
      if (source !== undefined) expect(source).toMatch(/^reports\/one\//);
    }
  });
});

describe('the prefix of an environment', () => {
  it('shows in no key that is listed, and hides what is beside it', async () => {
    const store = reportStore({ prefix: 'one/' });
    await store.bucket.put('runs/x', 'abc');
    store.s3.put('runs/y', '');
    store.s3.put('two/runs/z', '');
    await expect(store.bucket.list('runs/')).resolves.toEqual(['runs/x']);
    await expect(store.bucket.list('')).resolves.toEqual(['runs/x']);
    expect([...(await store.bucket.objects('runs/'))]).toEqual([
      ['runs/x', expect.objectContaining({ bytes: 3 })],
    ]);
    await expect(store.bucket.exists('runs/x')).resolves.toBe(true);
    await expect(store.bucket.exists('runs/y')).resolves.toBe(false);
    expect(store.bucket.url('runs/x')).toBe('s3://reports/one/runs/x');
  });

  it('comes from the settings of the function, as the bucket and its owner do', () => {
    const place = { reportBucket: 'reports', bucketOwner: COLLECTING_ACCOUNT, bucketPrefix: 'one/' };
    const settings = { ...place, bucketEncryption: 'AES256', bucketAcl: '' } as const;
    expect(bucketPlaceOf(settings)).toEqual({
      name: 'reports',
      owner: COLLECTING_ACCOUNT,
      prefix: 'one/',
      protection: { ServerSideEncryption: 'AES256' },
    });
  });
});

describe('a bucket that somebody else made under the same name', () => {
  it('gets nothing and gives nothing', async () => {
    const store = reportStore();
    store.s3.put('a', 'planted');
    const bucket = new ReportBucket(store.s3.client, { name: 'reports', owner: '999999999999', prefix: '' });
    for (const call of [
      () => bucket.put('b', 'x'),
      () => bucket.get('a'),
      () => bucket.create('b', 'x'),
      () => bucket.exists('a'),
      () => bucket.list(''),
      () => bucket.copy('a', 'b', 1, 'text/csv'),
    ])
      await expect(call()).rejects.toMatchObject({ name: 'AccessDenied' });
    expect([...store.s3.objects.keys()]).toEqual(['a']);
  });
});

describe('what is said of a stored object', () => {
  it('has a version ID only if a version has one that later writes do not replace', async () => {
    await expect(reportStore().bucket.put('a', 'x')).resolves.toMatchObject({
      versionId: expect.any(String) as string,
    });
    const { bucket, s3 } = reportStore({ versions: false });
    await expect(bucket.put('a', 'x')).resolves.toEqual({ etag: expect.any(String) as string });
    // A bucket whose versions are suspended calls every version "null".
    const suspended = { ETag: '"1"', VersionId: 'null' };
    jest.spyOn(s3.client, 'send').mockImplementation(jest.fn().mockResolvedValue(suspended));
    await expect(bucket.put('a', 'x')).resolves.toEqual({ etag: '"1"' });
  });

  it('has the hash and size of the bytes that were read', async () => {
    const { bucket, s3 } = reportStore();
    s3.put('a', '{ "b": "ü" }');
    await expect(bucket.getJson('a', z.object({ b: z.string() }))).resolves.toEqual({
      content: { b: 'ü' },
      etag: expect.any(String) as string,
      bytes: 13,
      sha256: sha256Of('{ "b": "ü" }'),
    });
  });
});
