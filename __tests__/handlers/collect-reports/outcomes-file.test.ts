import { OutcomesFile } from '../../../handlers/collect-reports/outcomes-file';
import { keys } from '../../../handlers/shared/bucket-layout';
import type { Outcome } from '../../../handlers/shared/run-files';
import { MemoryBucket } from '../../support/memory-bucket';

const runPrefix = 'runs/2026-11-22/run-1';
const [one, other] = ['111111111111', '222222222222'];
const failed = (account = one): Outcome => ({ account, outcome: 'failed', reason: 'denied', detail: '' });
const collected = (account = one, bytes = 1): Outcome => ({
  account,
  outcome: 'collected',
  generatedAt: '',
  collectedAt: '',
  bytes,
});

describe('the outcomes of a batch', () => {
  let bucket: MemoryBucket;
  let file: OutcomesFile;
  beforeEach(() => {
    bucket = new MemoryBucket();
    file = new OutcomesFile(bucket, runPrefix, 1);
  });
  const stored = async () => (await file.read()).content;

  it('are written even when there are none yet, so that the next poll finds the file', async () => {
    await expect(file.add([])).resolves.toEqual([]);
    await expect(stored()).resolves.toEqual({ batch: 1, outcomes: [] });
    expect(bucket.written).toEqual([keys.outcomes(runPrefix, 1)]);
  });

  it('are added to those that are in the file', async () => {
    await file.add([failed()]);
    await expect(file.add([collected(other)], await file.read())).resolves.toEqual([
      failed(),
      collected(other),
    ]);
    await expect(stored()).resolves.toEqual({ batch: 1, outcomes: [failed(), collected(other)] });
  });

  it('are not written again when nothing changes', async () => {
    await file.add([failed()]);
    await expect(file.add([failed()], await file.read())).resolves.toEqual([failed()]);
    await expect(file.add([], await file.read())).resolves.toEqual([failed()]);
    expect(bucket.written).toHaveLength(1);
  });

  it.each([
    ['a failure stays as it was first recorded', failed(), { ...failed(), reason: 'throttled' }, failed()],
    ['a stored report replaces a failure', failed(), collected(), collected()],
    ['a failure does not replace a stored report', collected(), failed(), collected()],
    [
      'a stored report stays as it was first recorded',
      collected(one, 1),
      collected(one, 2),
      collected(one, 1),
    ],
  ] as [string, Outcome, Outcome, Outcome][])(
    'are one for each account: %s',
    async (_about, first, second, kept) => {
      await file.add([first]);
      await expect(file.add([second], await file.read())).resolves.toEqual([kept]);
      await expect(stored()).resolves.toEqual({ batch: 1, outcomes: [kept] });
    },
  );

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

  it('are tried again when S3 answers that two writes collided', async () => {
    await file.add([]);
    const collision = Object.assign(new Error('busy'), { name: 'ConditionalRequestConflict' });
    jest.spyOn(bucket, 'putJson').mockRejectedValueOnce(collision);
    await expect(file.add([failed()], await file.read())).resolves.toEqual([failed()]);
    await expect(stored()).resolves.toEqual({ batch: 1, outcomes: [failed()] });
  });

  it.each([Object.assign(new Error('refused'), { name: 'AccessDenied' }), 'not an error'])(
    'are lost with the error itself when S3 does not accept them: %s',
    async (error) => {
      await file.add([]);
      const write = jest.spyOn(bucket, 'putJson').mockRejectedValue(error);
      await expect(file.add([failed()], await file.read())).rejects.toBe(error);
      expect(write).toHaveBeenCalledTimes(1);
    },
  );
});
