/** Comparison is a help: whatever is wrong with an earlier run, the next one ends and says what it skipped. */
import { ServiceError } from '../../../../local/fake-aws/service';
import { consoleUser } from '../../../support/rows';
import { accountId, accountWith } from '../../../support/stored-run';
import { type SummarizedRun, SummarizedRuns } from '../../../support/summarized';

const id = accountId(1);
const withoutMfa = { ...consoleUser, mfa_active: 'false' };
const accountOf = (...users: string[]) => accountWith(id, withoutMfa, ...users);
const on = (date: number) => ({ date: `2026-11-${date}`, execution: `run-${date}` });

let runs: SummarizedRuns;
beforeEach(() => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  runs = new SummarizedRuns();
});
afterEach(() => jest.restoreAllMocks());

/** A good run, one whose file is damaged, and the next one. */
async function afterDamage(
  fileOf: (run: SummarizedRun) => string,
  damage: (content: string) => string,
): Promise<SummarizedRun> {
  await runs.run([accountOf('ada')], on(20));
  const damaged = await runs.run([accountOf('ada', 'ken')], on(21));
  const key = fileOf(damaged);
  runs.s3.put(key, damage(runs.s3.text(key)));
  return runs.run([accountOf('ada', 'ken', 'zoe')], { ...on(22), digest: 'always' });
}

const manifestOf = ({ summary }: SummarizedRun) => summary.manifest.key;
const snapshotOf = (run: SummarizedRun) => runs.fileOf(run, 'snapshot.jsonl');

describe('an earlier manifest', () => {
  it.each([
    ['is empty', () => '', 'it is empty'],
    ['is cut', (text: string) => text.slice(0, 100), 'it is not valid JSON'],
    ['is garbage', () => 'garbage', 'it is not valid JSON'],
    ['is JSON of something else', () => '[1]', 'it is not a manifest of version 3'],
    [
      'is of version 1',
      (text: string) => text.replace('"version":3', '"version":1'),
      'not a manifest of version 3',
    ],
    [
      'is of a newer version',
      (text: string) => text.replace('"version":3', '"version":4'),
      'a newer version of this project wrote it, in format 4',
    ],
    [
      'is of another environment',
      (text: string) => text.replace('"environment":"test"', '"environment":"prod"'),
      'it belongs to the environment prod',
    ],
    ['has another number', (text: string) => text.replace('"number":2', '"number":7'), 'it has the number 7'],
  ])('that %s is skipped for the next older one, which is told', async (_what, damage, problem) => {
    const { manifest, summary } = await afterDamage(manifestOf, damage);
    expect(manifest).toMatchObject({
      complete: true,
      number: 3,
      changes: { since: { execution: 'run-20' } },
    });
    expect(manifest.changes?.newFindings).toBe(2);
    const [note = ''] = manifest.notes;
    expect(note).toContain('manifests/test/00000002.json');
    expect(note).toContain(problem);
    expect(runs.page('2026-11-22')).toContain(problem);
    expect(summary.digest?.message).toContain(problem);
  });

  it('that was edited is skipped when a later manifest knows its hash', async () => {
    await runs.run([accountOf('ada')], on(20));
    const edited = await runs.run([accountOf('ada', 'ken')], on(21));
    await runs.run([accountOf('ada')], { ...on(22), execution: 'morning' });
    const key = manifestOf(edited);
    runs.s3.put(key, runs.s3.text(key).replace('name-100000000001', 'someone-else'));
    const { manifest } = await runs.run([accountOf('ada')], {
      ...on(22),
      execution: 'noon',
      startedAt: '2026-11-22T12:00:00.000Z',
    });
    expect(manifest.changes?.since.execution).toBe('run-20');
    expect(manifest.notes).toEqual([`Not compared with ${key}: it was changed after it was written.`]);
  });

  it('that cannot be read, for example after a change of key, is skipped', async () => {
    await runs.run([accountOf('ada')], on(20));
    const locked = await runs.run([accountOf('ada')], on(21));
    runs.s3.onCall = ({ method, key }) => {
      if (method === 'GET' && key === manifestOf(locked))
        throw new ServiceError(403, 'AccessDenied', 'the key is disabled');
    };
    const { manifest } = await runs.run([accountOf('ada')], on(22));
    expect(manifest).toMatchObject({ complete: true, changes: { since: { execution: 'run-20' } } });
    expect(manifest.previous).toEqual({ key: manifestOf(locked), sha256: null });
    expect(manifest.notes.join()).toContain('it cannot be read: AccessDenied: the key is disabled');
  });
});

describe('an earlier snapshot', () => {
  it.each([
    ['is empty', () => ''],
    ['is cut', (text: string) => text.slice(0, -10)],
    ['is garbage', () => 'garbage'],
    ['is of a newer version', () => '{"snapshot":4}\n'],
    ['was edited', (text: string) => text.replace('"ken"', '"kim"')],
  ])('that %s is skipped for the next older one, which is told', async (_what, damage) => {
    const { manifest } = await afterDamage(snapshotOf, damage);
    expect(manifest).toMatchObject({ complete: true, changes: { since: { execution: 'run-20' } } });
    expect(manifest.notes).toEqual([
      expect.stringMatching(
        /^Not compared with runs\/.*snapshot.jsonl: it was changed after it was written\.$/,
      ),
    ]);
  });

  it.each<[string, ConstructorParameters<typeof ServiceError>]>([
    ['is forbidden', [403, 'AccessDenied', 'the key is disabled']],
    ['fails', [500, 'InternalError', 'try again']],
  ])(
    'whose reading %s is skipped for the next older one',
    async (_what, error) => {
      await runs.run([accountOf('ada')], on(20));
      const locked = await runs.run([accountOf('ada')], on(21));
      runs.s3.onCall = ({ method, key }) => {
        if (method === 'GET' && key === snapshotOf(locked)) throw new ServiceError(...error);
      };
      const { manifest } = await runs.run([accountOf('ada')], on(22));
      expect(manifest).toMatchObject({ complete: true, changes: { since: { execution: 'run-20' } } });
      expect(manifest.notes.join()).toContain('it cannot be read');
    },
    20_000,
  );

  it('that is gone is skipped for the next older one', async () => {
    await runs.run([accountOf('ada')], on(20));
    runs.s3.delete(snapshotOf(await runs.run([accountOf('ada')], on(21))));
    const { manifest } = await runs.run([accountOf('ada')], on(22));
    expect(manifest.changes?.since.execution).toBe('run-20');
    expect(manifest.notes.join()).toContain('it is gone');
  });
});

it('a run without any usable earlier run tells no changes and why', async () => {
  const only = await runs.run([accountOf('ada')], on(20));
  runs.s3.put(manifestOf(only), 'garbage');
  const { manifest } = await runs.run([accountOf('ada')], on(21));
  expect(manifest).toMatchObject({ complete: true, number: 2, changes: null, recent: [] });
  expect(manifest.notes).toHaveLength(1);
});

it('the runs of two environments in one bucket are never compared with each other', async () => {
  const other = new SummarizedRuns({ environment: 'staging', store: runs.store });
  await other.run([accountOf('ada')], on(20));
  const { manifest } = await runs.run([accountOf('ada', 'ken')], on(21));
  expect(manifest).toMatchObject({ number: 1, previous: null, changes: null, notes: [] });
});
