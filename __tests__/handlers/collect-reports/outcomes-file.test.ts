import { OutcomesFile } from '../../../handlers/collect-reports/outcomes-file';
import { keys } from '../../../handlers/shared/bucket-layout';
import { sha256Of } from '../../../handlers/shared/hash';
import type { Collected, Outcome } from '../../../handlers/shared/run-files';
import { ServiceError } from '../../../local/fake-aws/service';
import { type ReportStore, reportStore } from '../../support/report-store';

const run = '2026-11-22/run-1';
const key = keys.outcomes(run, 1);
const [one, other] = ['111111111111', '222222222222'];
const failed = (account = one): Outcome => ({ account, outcome: 'failed', reason: 'denied', detail: '' });
const collected = (content = 'report', change: Partial<Collected> = {}): Outcome => ({
  account: one,
  outcome: 'collected',
  generatedAt: '',
  collectedAt: '2026-11-22T08:01:00.000Z',
  key: keys.report('2026-11-22', one),
  bytes: content.length,
  sha256: sha256Of(content),
  etag: '"1"',
  ...change,
});
const later = { collectedAt: '2026-11-22T08:01:00.001Z' };
const list: Collected['serviceCredentials'] = {
  outcome: 'collected',
  collectedAt: '2026-11-22T08:01:00.000Z',
  key: keys.serviceCredentials('2026-11-22', one),
  bytes: 4,
  sha256: sha256Of('list'),
  etag: '"2"',
  credentials: 0,
};
const noList: Collected['serviceCredentials'] = { outcome: 'failed', reason: 'throttled', detail: '' };
const collision = () => new ServiceError(409, 'ConditionalRequestConflict', 'another write is in progress');

describe('the outcomes of a batch', () => {
  let store: ReportStore;
  let file: OutcomesFile;
  beforeEach(() => {
    store = reportStore();
    file = new OutcomesFile(store.bucket, run, 1);
  });
  const stored = async () => (await file.read())?.content;
  const puts = () => store.s3.calls.filter(({ method }) => method === 'PUT');
  /** What S3 answers to the next writes, whatever their condition. */
  const answerWrites = (...errors: Error[]) => {
    store.s3.onCall = ({ method }) => {
      const error = method === 'PUT' && errors.shift();
      if (error) throw error;
    };
  };

  it('are written even when there are none yet, so that the next poll finds the file', async () => {
    await expect(file.read()).resolves.toBeUndefined();
    await expect(file.add([])).resolves.toEqual([]);
    await expect(stored()).resolves.toEqual({ batch: 1, outcomes: [] });
    expect(store.s3.written).toEqual([key]);
  });

  it('are added to those that are in the file', async () => {
    await file.add([failed()]);
    const added = collected('report', { account: other });
    await expect(file.add([added], await file.read())).resolves.toEqual([failed(), added]);
    await expect(stored()).resolves.toEqual({ batch: 1, outcomes: [failed(), added] });
  });

  it('are not written again when nothing changes', async () => {
    await file.add([failed()]);
    await expect(file.add([failed()], await file.read())).resolves.toEqual([failed()]);
    await expect(file.add([], await file.read())).resolves.toEqual([failed()]);
    expect(store.s3.written).toHaveLength(1);
  });

  it('are created only if there is no file, and replaced only as they were read', async () => {
    await file.add([]);
    const known = await file.read();
    await file.add([failed()], known);
    const conditions = puts().map(({ headers }) => [headers['if-none-match'], headers['if-match']]);
    expect(conditions).toEqual([
      ['*', undefined],
      [undefined, known?.etag],
    ]);
  });

  it.each<[string, Outcome, Outcome, Outcome]>([
    [
      'a list of service-specific credentials that failed does not replace one that was stored with the same report',
      collected('report', { serviceCredentials: list }),
      collected('report', { serviceCredentials: noList, ...later }),
      collected('report', { serviceCredentials: list }),
    ],
    [
      'a list of service-specific credentials replaces one that failed',
      collected('report', { serviceCredentials: noList }),
      collected('report', { serviceCredentials: list, ...later }),
      collected('report', { serviceCredentials: list, ...later }),
    ],
    [
      'a failure stays as it was first recorded',
      failed(),
      { ...failed(), reason: 'throttled' } as Outcome,
      failed(),
    ],
    ['a stored report replaces a failure', failed(), collected(), collected()],
    ['a failure does not replace a stored report', collected(), failed(), collected()],
    [
      'the same report stays as it was first recorded',
      collected('report', { versionId: '1' }),
      collected('report', { versionId: '2', ...later }),
      collected('report', { versionId: '1' }),
    ],
    [
      'of two different reports the later one counts, because it is in the bucket',
      collected('first'),
      collected('second', later),
      collected('second', later),
    ],
    [
      'of two different reports the later one counts, even if it was recorded first',
      collected('second', later),
      collected('first'),
      collected('second', later),
    ],
  ])('are one for each account: %s', async (_about, first, second, kept) => {
    await file.add([first]);
    await expect(file.add([second], await file.read())).resolves.toEqual([kept]);
    await expect(stored()).resolves.toEqual({ batch: 1, outcomes: [kept] });
  });

  it('are added to the newest version when another poll has written in between', async () => {
    await file.add([]);
    const known = await file.read();
    await file.add([failed(one)], known);
    await expect(file.add([failed(other)], known)).resolves.toEqual([failed(one), failed(other)]);
    await expect(stored()).resolves.toEqual({ batch: 1, outcomes: [failed(one), failed(other)] });
  });

  it('are added to the file of another poll that wrote it first', async () => {
    await file.add([failed(one)]);
    await expect(file.add([failed(other)])).resolves.toEqual([failed(one), failed(other)]);
  });

  it('are the same after a response was lost: what lies there is their own', async () => {
    store.s3.onCall = ({ method }) => {
      if (method !== 'PUT') return;
      store.s3.onCall = () => undefined;
      store.s3.put(key, JSON.stringify({ batch: 1, outcomes: [failed()] }));
      throw new ServiceError(500, 'InternalError', 'the object was stored');
    };
    await expect(file.add([failed()])).resolves.toEqual([failed()]);
    expect(store.s3.written).toEqual([]);
  });

  it('are tried again when S3 answers that two writes collided, and the other one has not stored anything', async () => {
    answerWrites(collision());
    await expect(file.add([failed()])).resolves.toEqual([failed()]);
    await expect(stored()).resolves.toEqual({ batch: 1, outcomes: [failed()] });
    expect(puts().map(({ headers }) => headers['if-none-match'])).toEqual(['*', '*']);
  });

  it('are tried again when a replacement collided', async () => {
    await file.add([]);
    const known = await file.read();
    answerWrites(collision());
    await expect(file.add([failed()], known)).resolves.toEqual([failed()]);
    await expect(stored()).resolves.toEqual({ batch: 1, outcomes: [failed()] });
  });

  it('are given up when every write collides, so that the state machine tries again later', async () => {
    answerWrites(...Array.from({ length: 100 }, collision));
    await expect(file.add([failed()])).rejects.toMatchObject({ name: 'ConditionalRequestConflict' });
    expect(puts().length).toBeLessThan(20);
  });

  it('are lost with the error itself when S3 does not accept them, at once', async () => {
    await file.add([]);
    const known = await file.read();
    answerWrites(...Array.from({ length: 9 }, () => new ServiceError(403, 'AccessDenied', 'refused')));
    await expect(file.add([failed()], known)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(puts()).toHaveLength(2);
  });

  it('are lost rather than added to a file that somebody damaged', async () => {
    store.s3.put(key, '{"batch":1}');
    await expect(file.read()).rejects.toMatchObject({ name: 'InvalidInput' });
    await expect(file.add([failed()])).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(store.s3.text(key)).toBe('{"batch":1}');
  });
});
