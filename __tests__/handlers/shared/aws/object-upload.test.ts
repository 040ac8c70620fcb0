import { createHash } from 'node:crypto';
import { ServiceError } from '../../../../local/fake-aws/service';
import { reportStore } from '../../../support/report-store';

const MEBIBYTE = 1024 * 1024;
/** Bytes of a part. */
const PART = 8 * MEBIBYTE;

describe('an upload', () => {
  it.each<[string, string[], number]>([
    ['nothing', [], 1],
    ['a line', ['a,ü\n'], 1],
    ['less than a part', Array.from({ length: 5 }, (_, index) => String(index).repeat(MEBIBYTE)), 1],
    ['exactly a part', ['a'.repeat(PART / 2), 'b'.repeat(PART / 2)], 1],
    // Two bytes per letter after one odd byte: a part ends before a letter that does not fit.
    ['several parts', Array.from({ length: 9 }, (_, index) => `${index}${'ü'.repeat(MEBIBYTE)}`), 3],
    ['characters of four bytes', [`xyz${'😀'.repeat(2 * MEBIBYTE)}`], 2],
  ])('of %s returns size and hash of what it stored', async (_about, texts, requests) => {
    const { bucket, s3 } = reportStore();
    const upload = bucket.upload('a', 'text/csv');
    for (const text of texts) await upload.write(text);
    const uploaded = await upload.complete();
    const content = Buffer.from(texts.join(''));
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(uploaded).toEqual({ bytes: content.length, sha256, isCreated: true });
    expect(s3.objects.get('a')?.equals(content)).toBe(true);
    expect(s3.calls.filter(({ method }) => method === 'PUT')).toHaveLength(requests);
  });

  it.each([
    ['of a line', 1],
    ['of several parts', 9],
  ])(
    '%s replaces no object, leaves no part, and says what it would have stored',
    async (_about, mebibytes) => {
      const { bucket, s3 } = reportStore();
      s3.put('a', 'evidence');
      const upload = bucket.upload('a', 'text/csv');
      for (let count = 0; count < mebibytes; count++) await upload.write('x'.repeat(MEBIBYTE));
      const content = 'x'.repeat(mebibytes * MEBIBYTE);
      const sha256 = createHash('sha256').update(content).digest('hex');
      await expect(upload.complete()).resolves.toEqual({ bytes: content.length, sha256, isCreated: false });
      expect(s3.text('a')).toBe('evidence');
      expect(s3.calls.at(-1)?.method).toBe(mebibytes === 1 ? 'PUT' : 'DELETE');
    },
  );

  const collision = () => new ServiceError(409, 'ConditionalRequestConflict', 'another write is in progress');

  it('in one request is sent again when another write was in progress: 409 does not say that the object exists', async () => {
    const { bucket, s3 } = reportStore();
    const collisions = [collision(), collision()];
    s3.onCall = () => {
      const error = collisions.pop();
      if (error) throw error;
    };
    const upload = bucket.upload('a', 'text/csv');
    await upload.write('a line');
    const sha256 = createHash('sha256').update('a line').digest('hex');
    await expect(upload.complete()).resolves.toEqual({ bytes: 6, sha256, isCreated: true });
    expect(s3.text('a')).toBe('a line');
    expect(s3.calls.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'PUT']);
  });

  it('in one request replaces nothing that the other write has stored', async () => {
    const { bucket, s3 } = reportStore();
    s3.onCall = () => {
      s3.onCall = () => undefined;
      s3.put('a', 'evidence');
      throw collision();
    };
    const upload = bucket.upload('a', 'text/csv');
    await upload.write('a line');
    await expect(upload.complete()).resolves.toMatchObject({ isCreated: false });
    expect(s3.text('a')).toBe('evidence');
  });

  it('in parts says that another write was in progress: S3 wants every part again', async () => {
    const { bucket, s3 } = reportStore();
    s3.onCall = ({ method, query }) => {
      if (method === 'POST' && 'uploadId' in query) throw collision();
    };
    const upload = bucket.upload('a', 'text/csv');
    await upload.write('x'.repeat(9 * MEBIBYTE));
    await expect(upload.complete()).rejects.toMatchObject({ name: 'ConditionalRequestConflict' });
    await upload.abort();
    expect(s3.objects.has('a')).toBe(false);
  });
});
