import { createHash } from 'node:crypto';
import { ServiceError } from '../../../../local/fake-aws/service';
import { type ReportStore, reportStore } from '../../../support/report-store';

const collision = () => new ServiceError(409, 'ConditionalRequestConflict', 'another write is in progress');

describe('an object that is created', () => {
  let store: ReportStore;
  beforeEach(() => {
    store = reportStore();
  });
  const puts = () => store.s3.calls.filter(({ method }) => method === 'PUT');
  /** What happens instead of the next writes. */
  const insteadOfWrites = (...actions: (() => void)[]) => {
    store.s3.onCall = ({ method }) => {
      if (method === 'PUT') actions.shift()?.();
    };
  };
  const fail = (error: Error) => () => {
    throw error;
  };
  const create = (content = 'mine') => store.bucket.create('a', content);

  it('is written if none exists, and S3 verifies its hash', async () => {
    await expect(create()).resolves.toBe(true);
    expect(store.s3.text('a')).toBe('mine');
    expect(puts().map(({ headers }) => [headers['if-none-match'], headers['x-amz-checksum-sha256']])).toEqual(
      [['*', createHash('sha256').update('mine').digest('base64')]],
    );
  });

  it('stays as it is if one exists', async () => {
    store.s3.put('a', 'other');
    await expect(create()).resolves.toBe(false);
    expect(store.s3.text('a')).toBe('other');
    // 412 says that one exists: nothing is listed, and nothing is tried again.
    expect(store.s3.calls.map(({ method }) => method)).toEqual(['PUT']);
  });

  it('is not taken for one whose key only starts alike', async () => {
    store.s3.put('ab', 'other');
    insteadOfWrites(fail(collision()));
    await expect(create()).resolves.toBe(true);
  });

  it.each(['ConditionalRequestConflict', 'OperationAborted'])(
    'is written at the next try if the write that it collided with came to nothing (%s)',
    async (code) => {
      insteadOfWrites(fail(new ServiceError(409, code, 'another write is in progress')));
      await expect(create()).resolves.toBe(true);
      expect(store.s3.text('a')).toBe('mine');
    },
  );

  it('stays as the write left it that it collided with', async () => {
    insteadOfWrites(() => {
      store.s3.put('a', 'other');
      throw collision();
    });
    await expect(create()).resolves.toBe(false);
    expect(store.s3.text('a')).toBe('other');
  });

  it('is given up with the last error when every write collides and nothing appears', async () => {
    insteadOfWrites(...Array.from({ length: 100 }, () => fail(collision())));
    await expect(create()).rejects.toMatchObject({ name: 'ConditionalRequestConflict' });
    expect(puts().length).toBeLessThan(20);
  });

  it('fails at once with an error that is not a conflict', async () => {
    insteadOfWrites(
      ...Array.from({ length: 9 }, () => fail(new ServiceError(403, 'AccessDenied', 'refused'))),
    );
    await expect(create()).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(puts()).toHaveLength(1);
  });
});
