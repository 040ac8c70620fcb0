import { copyObject } from '../../../../handlers/shared/aws/object-copy';
import { ServiceError } from '../../../../local/fake-aws/service';
import { COLLECTING_ACCOUNT } from '../../../../tools/support/embedded-execution';
import { type ReportStore, reportStore } from '../../../support/report-store';

const MEBIBYTE = 1024 * 1024;
const PART = 5 * MEBIBYTE;
const owner = { Bucket: 'reports', ExpectedBucketOwner: COLLECTING_ACCOUNT };

describe('a copy of an object', () => {
  let store: ReportStore;
  beforeEach(() => {
    store = reportStore();
  });
  const copy = (from: string, partBytes?: number) => {
    const source = { ...owner, Key: from, Bytes: store.s3.objects.get(from)!.length };
    return copyObject(store.s3.client, source, { ...owner, Key: 'to', ContentType: 'text/csv' }, partBytes);
  };
  const calls = () =>
    store.s3.calls.map(
      ({ method, query }) => `${method}${'partNumber' in query ? ` part ${query.partNumber}` : ''}`,
    );
  /** Content whose parts differ from each other. */
  const large = Buffer.concat([1, 2, 3].map((number) => Buffer.alloc(PART, number))).subarray(
    0,
    2 * PART + 7,
  );

  it('has the same bytes, and the content type of its own', async () => {
    await store.bucket.put('from', 'a,b', { ContentType: 'application/json' });
    store.s3.calls.length = 0;
    await copy('from');
    expect(store.s3.text('to')).toBe('a,b');
    expect(store.s3.headersOf('to')).toMatchObject({
      'content-type': 'text/csv',
      'x-amz-metadata-directive': 'REPLACE',
    });
    expect(calls()).toEqual(['PUT']);
  });

  it.each(['runs/2026-11-22/é ü+&?#%.csv', 'runs/a b', 'runs/%2e'])('is of the key %s', async (key) => {
    store.s3.objects.set(key, Buffer.from(key));
    await copy(key);
    expect(store.s3.text('to')).toBe(key);
  });

  it('is made by parts if the object is larger than a part, and has every byte', async () => {
    store.s3.put('from', large);
    await copy('from', PART);
    expect(store.s3.objects.get('to')?.equals(large)).toBe(true);
    expect(calls()).toEqual(['POST', 'PUT part 1', 'PUT part 2', 'PUT part 3', 'POST']);
    expect(store.s3.headersOf('to')).toMatchObject({ 'content-type': 'text/csv' });
  });

  it.each([
    [2 * PART, ['POST', 'PUT part 1', 'PUT part 2', 'POST']],
    [PART, ['PUT']],
  ])('of %d bytes ends with a whole part', async (bytes, expected) => {
    store.s3.put('from', large.subarray(0, bytes));
    await copy('from', PART);
    expect(store.s3.objects.get('to')).toHaveLength(bytes);
    expect(calls()).toEqual(expected);
  });

  it('leaves no parts behind when it fails, and says why it failed', async () => {
    store.s3.put('from', large);
    store.s3.onCall = ({ query }) => {
      if (query.partNumber === '2') throw new ServiceError(403, 'AccessDenied', 'the second part');
    };
    await expect(copy('from', PART)).rejects.toThrow('the second part');
    expect(calls()).toEqual(['POST', 'PUT part 1', 'PUT part 2', 'DELETE']);
    expect(store.s3.objects.has('to')).toBe(false);
  });

  it('says why it failed even if its parts cannot be removed', async () => {
    store.s3.put('from', large);
    store.s3.onCall = ({ method, query }) => {
      if (query.partNumber === '2') throw new ServiceError(403, 'AccessDenied', 'the second part');
      if (method === 'DELETE') throw new ServiceError(403, 'AccessDenied', 'the removal');
    };
    await expect(copy('from', PART)).rejects.toThrow('the second part');
  });
});
