/** The history of runs, from which the page draws a trend. */
import { setTimeout as pause } from 'node:timers/promises';
import { readHistory } from '../../../../handlers/core/history';
import type { Manifest } from '../../../../handlers/core/manifest';
import { ServiceError } from '../../../../local/fake-aws/service';
import { consoleUser } from '../../../support/rows';
import { accountId, accountWith } from '../../../support/stored-run';
import { type SummarizedRun, SummarizedRuns } from '../../../support/summarized';
import '../../../support/quiet';

const ada = accountWith(accountId(1), consoleUser, 'ada');
const denied = { id: accountId(2), failed: 'denied' } as const;
const on = (day: number, execution = `run-${day}`) => ({
  date: `2026-11-${day}`,
  execution,
  startedAt: `2026-11-${day}T08:00:00.000Z`,
});

let runs: SummarizedRuns;
beforeEach(() => {
  runs = new SummarizedRuns();
});
const historyKey = (run: SummarizedRun) => runs.fileOf(run, 'history.jsonl');
const executionsOf = (run: SummarizedRun) =>
  readHistory(runs.s3.text(historyKey(run)))?.map(({ execution }) => execution);

describe('the history of a run', () => {
  it('has the runs before and its own, and the page draws them from the second on', async () => {
    const first = await runs.run([ada], on(20));
    expect(executionsOf(first)).toEqual(['run-20']);
    expect(runs.page('2026-11-20')).not.toContain('id="trend"');
    const second = await runs.run([ada, denied], on(21));
    expect(readHistory(runs.s3.text(historyKey(second)))).toMatchObject([
      { execution: 'run-20', expected: 1, collected: 1 },
      { execution: 'run-21', expected: 2, collected: 1 },
    ]);
    expect(runs.page('2026-11-21')).toContain('2 runs, from 2026-11-20 to 2026-11-21');
  });

  it('has every run of a day, and one that ended while the run was reviewed', async () => {
    await runs.run([ada], on(20));
    const slow = await runs.collect([ada], on(21, 'slow'));
    const early = await runs.collect([ada], on(21, 'early'));
    const { bucket } = runs.store;
    const create = bucket.create.bind(bucket);
    const others: SummarizedRun[] = [];
    // The other run ends right before the manifest of this one is written.
    const creating = jest.spyOn(bucket, 'create').mockImplementation(async (key, ...args) => {
      if (key.startsWith('manifests/')) {
        creating.mockRestore();
        others.push(await runs.summarize(early));
      }
      return create(key, ...args);
    });
    const run = await runs.summarize(slow);
    expect(others.map(executionsOf)).toEqual([['run-20', 'early']]);
    expect(executionsOf(run)).toEqual(['run-20', 'early', 'slow']);
    expect(run.manifest.number).toBe(3);
  });

  it('is the same when the run is summarized again', async () => {
    await runs.run([ada], on(20));
    const run = await runs.run([ada], on(21));
    await runs.run([ada], on(22));
    const again = await runs.summarize(run.event);
    expect(again.summary.manifest).toEqual(run.summary.manifest);
  });

  it.each([
    ['was edited', (text: string) => text.replace('"collected":1', '"collected":2'), 'it was changed'],
    ['is gone', () => undefined, 'it is gone'],
  ])(
    'that %s is left out, and so are the runs that only it has; a note tells it',
    async (_what, damage, problem) => {
      await runs.run([ada], on(20));
      const damaged = await runs.run([ada], on(21));
      const text = damage(runs.s3.text(historyKey(damaged)));
      if (text === undefined) runs.s3.delete(historyKey(damaged));
      else runs.s3.put(historyKey(damaged), text);
      const run = await runs.run([ada], on(22));
      expect(executionsOf(run)).toEqual(['run-20', 'run-22']);
      expect(runs.page('2026-11-22')).toContain('2 runs, from 2026-11-20 to 2026-11-22');
      expect(run.manifest.notes).toEqual([
        expect.stringContaining(
          `The trend lacks runs, because ${historyKey(damaged)} cannot be used: ${problem}`,
        ),
      ]);
      expect(run.manifest.complete).toBe(true);
    },
  );

  it('begins anew after a run that wrote none, without reading the runs before that', async () => {
    const withoutHistory = async (day: number) => {
      const { summary } = await runs.run([ada], on(day));
      const { key } = summary.manifest;
      const { files, ...manifest } = runs.s3.json(key) as Manifest;
      const others = files.filter((file) => !file.key.endsWith('/history.jsonl'));
      runs.s3.put(key, JSON.stringify({ ...manifest, files: others }));
      return key;
    };
    const [first] = [await withoutHistory(18), await withoutHistory(19), await withoutHistory(20)];
    const read: string[] = [];
    runs.s3.onCall = ({ method, key }) => {
      if (method === 'GET') read.push(key);
    };
    const run = await runs.run([ada], on(21));
    expect(executionsOf(run)).toEqual(['run-21']);
    expect(read).not.toContain(first);
    expect(run.manifest.notes.join()).not.toContain('The trend');
  });

  it('tells what is wrong with a manifest once, whatever it is needed for', async () => {
    await runs.run([ada], on(19));
    const damaged = await runs.run([ada], on(20));
    runs.s3.delete(historyKey(damaged));
    runs.s3.delete(runs.fileOf(damaged, 'snapshot.jsonl'));
    const run = await runs.run([ada], on(21));
    expect(run.manifest.notes).toEqual([
      expect.stringContaining('Not compared with '),
      expect.stringContaining('The trend lacks runs, because '),
    ]);
  });

  it('adds its notes in the same order, whichever file S3 answers first', async () => {
    await runs.run([ada], on(19));
    const damaged = await runs.run([ada], on(20));
    runs.s3.delete(historyKey(damaged));
    runs.s3.delete(runs.fileOf(damaged, 'snapshot.jsonl'));
    const run = await runs.run([ada], on(21));
    const { bucket } = runs.store;
    const find = bucket.find.bind(bucket);
    jest.spyOn(bucket, 'find').mockImplementation(async (key) => {
      if (key.endsWith('/history.jsonl')) await pause(100);
      return find(key);
    });
    await expect(runs.summarize(run.event)).resolves.toMatchObject({ summary: run.summary });
    jest.restoreAllMocks();
  });

  it('is summed up in the digest of a week', async () => {
    const bad = accountWith(accountId(1), { ...consoleUser, mfa_active: 'false' }, 'ada');
    const digest = { digest: 'weekly' } as const;
    const [monday, tuesday, wednesday, nextMonday] = [
      await runs.run([ada], { ...on(16), ...digest }),
      await runs.run([bad], { ...on(17), ...digest }),
      await runs.run([bad], { ...on(18), ...digest }),
      await runs.run([bad], { ...on(23), ...digest }),
    ];
    const sent = [monday, tuesday, wednesday, nextMonday].map(({ summary }) => summary.publish);
    expect(sent).toEqual([true, false, false, true]);
    expect(nextMonday.summary.digest?.subject).toMatch(/, 1 new since 2026-11-16$/);
    expect(nextMonday.summary.digest?.message).toContain(
      'Since the weekly digest of 2026-11-16, over the runs of 3 days:',
    );
  });

  it('that cannot be read ends no run', async () => {
    const locked = await runs.run([ada], on(20));
    runs.s3.onCall = ({ method, key }) => {
      if (method === 'GET' && key === historyKey(locked)) throw new ServiceError(403, 'AccessDenied', 'no');
    };
    const run = await runs.run([ada], on(21));
    expect(executionsOf(run)).toEqual(['run-21']);
    expect(run.manifest.notes.join()).toContain('it cannot be read: AccessDenied');
  });

  it('is too large if somebody made a manifest that names a file that no run wrote', async () => {
    const first = await runs.run([ada], on(20));
    const text = runs.s3.text(first.summary.manifest.key);
    runs.s3.put(
      first.summary.manifest.key,
      text.replace(/("key":"[^"]*history\.jsonl","bytes":)\d+/, '$1999999999'),
    );
    const run = await runs.run([ada], on(21));
    expect(executionsOf(run)).toEqual(['run-21']);
    expect(run.manifest.notes.join()).toContain('it is too large');
  });
});
