/** Which run another one is compared with. What is wrong with earlier runs is in `damaged.test.ts`. */
import { snapshotHeader } from '../../../../handlers/core/snapshot-header';
import { sha256Of } from '../../../../handlers/shared/hash';
import { EarlierRuns } from '../../../../handlers/summarize-run/history/earlier-runs';
import { ManifestChain } from '../../../../handlers/summarize-run/history/manifest-chain';
import { storedSnapshot } from '../../../../handlers/summarize-run/history/stored-snapshot';
import { allOf } from '../../../support/all-of';
import { root, user } from '../../../support/rows';
import { type StoredAccount, accountId, as } from '../../../support/stored-run';
import { SummarizedRuns } from '../../../support/summarized';

const id = accountId(1);
const ada: StoredAccount = { id, rows: [as('<root_account>', id, root), as('ada', id, user)] };
const at = (date: number, hour: string, execution: string) => ({
  date: `2026-11-${date}`,
  execution,
  startedAt: `2026-11-${date}T${hour}:00:00.000Z`,
});

let runs: SummarizedRuns;
beforeEach(() => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  runs = new SummarizedRuns();
});
afterEach(() => jest.restoreAllMocks());
const earlier = () => {
  const { bucket } = runs.store;
  return EarlierRuns.read(bucket, new ManifestChain(bucket, runs.environment), runs.environment);
};
const before = async (date: number) => (await earlier()).before(`2026-11-${date}`);

describe('the run that changes are told against', () => {
  it('is none in an empty bucket', async () => {
    await expect(before(22)).resolves.toBeUndefined();
    expect((await earlier()).notes).toEqual([]);
  });

  it('has its date, its accounts by name and outcome, its hash and its snapshot', async () => {
    const run = await runs.run([ada, { id: accountId(2), skip: 'SUSPENDED' }], at(21, '08', 'run-0'));
    const found = (await before(22))!;
    expect(found.manifest).toEqual({
      ...at(21, '08', 'run-0'),
      accounts: [
        { id, name: `name-${id}`, outcome: 'collected' },
        { id: accountId(2), name: `name-${accountId(2)}`, outcome: 'skipped' },
      ],
    });
    expect(found.sha256).toBe(run.summary.manifest.sha256);
    expect(found.snapshot.rules).toMatchObject({ 'root-mfa': {}, 'unused-45-days': { unusedDays: 45 } });
    await expect(allOf(found.snapshot.until())).resolves.toMatchObject([
      { account: id },
      { account: 'o-exampleorg1', users: [['<organization>']] },
    ]);
  });

  it('is the one of the earlier days that started last, in whatever order they ended', async () => {
    for (const [date, hour, name] of [
      [20, '08', 'old'],
      [21, '20', 'evening'],
      [21, '08', 'morning'],
      [19, '23', 'redriven'],
    ] as const)
      await runs.run([ada], at(date, hour, name));
    expect((await before(22))?.manifest.execution).toBe('evening');
    expect((await before(21))?.manifest.execution).toBe('old');
  });

  it('is never one of the same day or of a later day', async () => {
    await runs.run([ada], at(22, '08', 'today'));
    await runs.run([ada], at(23, '08', 'tomorrow'));
    await expect(before(22)).resolves.toBeUndefined();
  });
});

describe('the finished runs of a day', () => {
  it('are told by their start, newest first, with the hashes of their manifests', async () => {
    const ended = [];
    for (const [date, hour, name] of [
      [22, '08', 'morning'],
      [22, '20', 'evening'],
      [22, '12', 'noon'],
      [21, '23', 'other'],
    ] as const)
      ended.push(await runs.run([ada], at(date, hour, name)));
    const found = await allOf((await earlier()).of('2026-11-22'));
    expect(found.map(({ manifest }) => manifest.execution)).toEqual(['evening', 'noon', 'morning']);
    const hashes = ended.slice(0, 3).map(({ summary }) => summary.manifest.sha256);
    expect((await earlier()).hashesOf('2026-11-22').sort()).toEqual(hashes.sort());
  });
});

describe('a snapshot that has the hash of its manifest', () => {
  it.each([
    ['\n', 'it is empty'],
    ['garbage', 'it does not start with the header of a snapshot'],
    ['{"snapshot":3}', 'it does not start with the header of a snapshot'],
    ['{"snapshot":2}', 'it was written by an older version'],
    ['{"snapshot":4}', 'it was written by a newer version'],
    [snapshotHeader('prod', {}), 'it belongs to another environment'],
  ])('is still not compared with if it is %j', async (content, problem) => {
    const { bucket } = runs.store;
    await bucket.put('a', content);
    const file = { key: 'a', bytes: content.length, sha256: sha256Of(content) };
    await expect(storedSnapshot(bucket, file, 'test')).resolves.toBe(problem);
  });
});
