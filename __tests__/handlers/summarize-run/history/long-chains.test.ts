/** Chains with many runs, great numbers, and manifests that cannot be read for a moment. */
import { keys, numberOfManifest } from '../../../../handlers/shared/bucket-layout';
import { ServiceError } from '../../../../local/fake-aws/service';
import { consoleUser, root } from '../../../support/rows';
import { DATE, type StoredAccount, accountId, as } from '../../../support/stored-run';
import { SummarizedRuns } from '../../../support/summarized';

const id = accountId(1);
const accounts: StoredAccount[] = [
  { id, rows: [as('<root_account>', id, root), as('ada', id, consoleUser)] },
];
/** More runs than a manifest remembers. */
const MANY = Array.from({ length: 42 }, (_, index) => ({
  execution: `again-${index}`,
  startedAt: `${DATE}T08:00:00.${100 + index}Z`,
}));

let runs: SummarizedRuns;
beforeEach(() => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  runs = new SummarizedRuns();
});
afterEach(() => jest.restoreAllMocks());

const manifests = () => [...runs.s3.objects.keys()].filter((key) => key.startsWith('manifests/'));
/** Summarizes a run that adds its manifest and is interrupted before it is told. */
const interrupted = async (date: string) => {
  const event = await runs.collect(accounts, { date });
  runs.s3.onCall = ({ method, key }) => {
    if (method === 'PUT' && key.startsWith('organization/'))
      throw new ServiceError(400, 'InternalError', 'refused by the test');
  };
  await expect(runs.summarize(event)).rejects.toThrow('refused by the test');
  runs.s3.onCall = () => undefined;
  return event;
};

it('many runs on one day do not hide the day before', async () => {
  await runs.run(accounts, { date: '2026-11-21' });
  for (const run of MANY) await runs.run(accounts, run);
  const { manifest } = await runs.run(accounts, { execution: 'last' });
  expect(manifest.changes?.since.date).toBe('2026-11-21');
  expect(manifest.recent).toHaveLength(40);
  expect(manifest.recent.at(-1)?.number).toBe(1);
}, 30_000);

it('an interrupted run that is redriven after many others keeps its manifest', async () => {
  const event = await interrupted('2026-11-20');
  for (const run of MANY) await runs.run(accounts, run);
  const { manifest } = await runs.summarize(event);
  expect(manifest.number).toBe(1);
  expect(manifests()).toHaveLength(MANY.length + 1);
}, 30_000);

it('an interrupted run whose manifest cannot be read for a moment is not recorded twice', async () => {
  const event = await interrupted(DATE);
  runs.s3.onCall = ({ method, key }) => {
    if (method === 'GET' && key.startsWith('manifests/')) throw new ServiceError(400, 'SlowDown', 'later');
  };
  await expect(runs.summarize(event)).rejects.toMatchObject({ name: 'SlowDown' });
  runs.s3.onCall = () => undefined;
  expect((await runs.summarize(event)).manifest.number).toBe(1);
  expect(manifests()).toHaveLength(1);
}, 30_000);

it('the chain goes on after whatever number somebody put there', async () => {
  await runs.run(accounts, { date: '2026-11-20' });
  runs.s3.put(keys.manifest('test', 99_999_999), 'garbage');
  const one = await runs.run(accounts, { date: '2026-11-21' });
  const two = await runs.run(accounts);
  expect([one.manifest.number, two.manifest.number]).toEqual([100_000_000, 100_000_001]);
  expect(two.manifest.changes?.since.date).toBe('2026-11-21');
});

it('the last number of all says what to remove', async () => {
  runs.s3.put(keys.manifest('test', 999_999_999_999_999), 'garbage');
  await expect(runs.run(accounts)).rejects.toMatchObject({
    name: 'InvalidInput',
    message:
      's3://reports/manifests/test/999999999999999.json leaves no number for another manifest: remove it',
  });
});

it('a manifest that names more earlier runs than any writes is not used', async () => {
  const run = await runs.run(accounts, { date: '2026-11-20' });
  const [recent] = (await runs.run(accounts, { date: '2026-11-21' })).manifest.recent;
  const forged = { ...run.manifest, number: 3, recent: Array.from({ length: 1000 }, () => recent) };
  runs.s3.put(keys.manifest('test', 3), JSON.stringify(forged));
  const { manifest } = await runs.run(accounts);
  expect(manifest.notes.join()).toContain('it is not a manifest of version 3');
  expect(manifest.changes?.since.date).toBe('2026-11-21');
});

it.each([
  ['00000001', 1],
  ['100000000', 100_000_000],
  ['000000001', undefined],
  ['1', undefined],
])('the key %s is that of manifest %s', (digits, number) => {
  expect(numberOfManifest(`manifests/test/${digits}.json`)).toBe(number);
});
