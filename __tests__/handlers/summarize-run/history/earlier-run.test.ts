import { keys, prefixes, runPrefixOf } from '../../../../handlers/shared/bucket-layout';
import { earlierRun } from '../../../../handlers/summarize-run/history/earlier-run';
import { snapshotLine } from '../../../../handlers/core/snapshot';
import { snapshotHeader } from '../../../../handlers/core/snapshot-header';
import { allOf } from '../../../support/all-of';
import { collectedAccount, manifestOf, skippedAccount } from '../../../support/manifests';
import { MemoryBucket } from '../../../support/memory-bucket';
import { accountId } from '../../../support/stored-run';

const DATE = '2026-11-22';
const START = `${DATE}T08:00:00.000Z`;
const RULES = { 'root-mfa': null, 'unused-45-days': 45 };

describe('the previous run', () => {
  let bucket: MemoryBucket;
  let print: jest.SpyInstance;
  beforeEach(() => {
    bucket = new MemoryBucket();
    print = jest.spyOn(console, 'log').mockReturnValue(undefined);
  });
  afterEach(() => {
    print.mockRestore();
  });

  /** Stores a summarized run. */
  async function store(date: string, execution: string, startedAt: string, accounts = [collectedAccount(1)]) {
    const runPrefix = runPrefixOf(date, execution);
    const ledger = { execution, date, accounts: [] };
    await bucket.putJson(keys.manifest(runPrefix), manifestOf(accounts, { ledger, startedAt }));
    const snapshot = { account: accountId(1), users: [[execution] as [string]] };
    await bucket.put(keys.snapshot(runPrefix), snapshotHeader('production', RULES) + snapshotLine(snapshot));
    return runPrefix;
  }
  const found = async () => (await earlierRun(bucket, 'production', DATE, START))?.manifest.execution;

  it('is none in an empty bucket', async () => {
    await expect(earlierRun(bucket, 'production', DATE, START)).resolves.toBeUndefined();
  });

  it('has its date, its accounts by name and outcome, and its snapshot', async () => {
    const accounts = [collectedAccount(1), skippedAccount(2)] as Parameters<typeof store>[3];
    await store('2026-11-21', 'run-0', '2026-11-21T08:00:00.000Z', accounts);
    const { manifest, snapshot } = (await earlierRun(bucket, 'production', DATE, START))!;
    expect(manifest).toEqual({
      date: '2026-11-21',
      execution: 'run-0',
      startedAt: '2026-11-21T08:00:00.000Z',
      accounts: [
        { id: accountId(1), name: 'name-1', outcome: 'collected' },
        { id: accountId(2), name: 'name-2', outcome: 'skipped' },
      ],
    });
    expect(snapshot.rules).toEqual(RULES);
    await expect(allOf(snapshot.until())).resolves.toMatchObject([{ users: [['run-0']] }]);
  });

  it('is of the newest day, in whatever order the days are listed', async () => {
    for (const day of ['2026-11-20', '2026-11-21', '2026-11-19'])
      await store(day, day, `${day}T08:00:00.000Z`);
    await expect(found()).resolves.toBe('2026-11-21');
  });

  it.each([
    ['first', '05', '06', '04'],
    ['in the middle', '04', '06', '05'],
    ['last', '04', '05', '06'],
  ])('is the newest one of its day, listed %s', async (_about, ...hours) => {
    for (const hour of hours) await store(DATE, `run-${hour}`, `${DATE}T${hour}:00:00.000Z`);
    await expect(found()).resolves.toBe('run-06');
  });

  it('is the last by name of two that started at the same moment', async () => {
    for (const execution of ['a', 'b']) await store(DATE, execution, `${DATE}T06:00:00.000Z`);
    await expect(found()).resolves.toBe('b');
  });

  it('is never this run, or one that started after it', async () => {
    await store('2026-11-21', 'run-0', '2026-11-21T08:00:00.000Z');
    await store(DATE, 'this', START);
    await store(DATE, 'later', `${DATE}T08:00:00.001Z`);
    await expect(found()).resolves.toBe('run-0');
  });

  it('is found without a look at later days', async () => {
    await store('2026-11-23', 'later', '2026-11-23T08:00:00.000Z');
    await store(DATE, 'earlier', `${DATE}T06:00:00.000Z`);
    const folders = jest.spyOn(bucket, 'folders');
    await expect(found()).resolves.toBe('earlier');
    expect(folders.mock.calls.flat()).toEqual([prefixes.runs, prefixes.runsOfDate(DATE)]);
  });

  it.each(['manifest', 'snapshot'] as const)('is not one that ended without its %s', async (file) => {
    await store('2026-11-21', 'whole', '2026-11-21T08:00:00.000Z');
    const broken = await store(DATE, 'broken', `${DATE}T06:00:00.000Z`);
    bucket.objects.delete(keys[file](broken));
    await expect(found()).resolves.toBe('whole');
    expect(print).not.toHaveBeenCalled();
  });

  it('is not one whose manifest is removed while it is looked for', async () => {
    await store(DATE, 'removed', `${DATE}T06:00:00.000Z`);
    jest.spyOn(bucket, 'get').mockResolvedValue(undefined);
    await expect(found()).resolves.toBeUndefined();
  });

  it('is not one whose manifest is not valid, which is logged', async () => {
    await store('2026-11-21', 'whole', '2026-11-21T08:00:00.000Z');
    const runPrefix = await store(DATE, 'old', `${DATE}T06:00:00.000Z`);
    await bucket.putJson(keys.manifest(runPrefix), { version: 0 });
    await expect(found()).resolves.toBe('whole');
    expect(print.mock.calls).toEqual([[expect.stringContaining(`"runPrefix":"${runPrefix}"`)]]);
  });

  it.each([
    ['is empty', '', 'is empty'],
    ['has no rules', '{"snapshot":2}', 'does not start with the header of a snapshot'],
    ['is garbage', 'garbage', 'does not start with the header of a snapshot'],
    ['is of an older version', '{"snapshot":1}', 'was written by an older version'],
    ['is of a newer version', '{"snapshot":3}', 'was written by a newer version'],
    ['is of another environment', snapshotHeader('test', RULES), 'belongs to another environment'],
  ])(
    'is the next older one, on the same day or before, if its snapshot %s',
    async (_about, content, problem) => {
      await store('2026-11-21', 'older', '2026-11-21T08:00:00.000Z');
      const newest = await store(DATE, 'newest', `${DATE}T06:00:00.000Z`);
      await bucket.put(keys.snapshot(newest), content);
      await expect(found()).resolves.toBe('older');
      expect(print.mock.calls).toEqual([[expect.stringContaining(problem)]]);
      await store(DATE, 'noon', `${DATE}T05:00:00.000Z`);
      await expect(found()).resolves.toBe('noon');
    },
  );

  it('is the next older one if its snapshot may not be read', async () => {
    await store('2026-11-21', 'older', '2026-11-21T08:00:00.000Z');
    const newest = await store(DATE, 'newest', `${DATE}T06:00:00.000Z`);
    const lines = bucket.lines.bind(bucket);
    jest.spyOn(bucket, 'lines').mockImplementation(async function* (key) {
      if (key === keys.snapshot(newest)) throw new Error('AccessDenied');
      return yield* lines(key);
    });
    await expect(found()).resolves.toBe('older');
  });
});
