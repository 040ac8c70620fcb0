/** A run is recorded once, whoever calls the function, and however often. */
import { keys } from '../../../handlers/shared/bucket-layout';
import { sha256Of } from '../../../handlers/shared/hash';
import { ServiceError } from '../../../local/fake-aws/service';
import { reportStore } from '../../support/report-store';
import { consoleUser } from '../../support/rows';
import { DATE, accountId, accountWith } from '../../support/stored-run';
import { SummarizedRuns } from '../../support/summarized';

const [first, second] = [1, 2].map(accountId) as [string, string];
const accountOf = (id: string, user: string) =>
  accountWith(id, { ...consoleUser, mfa_active: 'false' }, user);
const accounts = [accountOf(first, 'ada'), accountOf(second, 'ken')];

let runs: SummarizedRuns;
beforeEach(() => {
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  runs = new SummarizedRuns();
});
afterEach(() => jest.restoreAllMocks());

const objects = () => new Map([...runs.s3.objects].map(([key, content]) => [key, content.toString()]));
/** The same objects in another bucket. */
function copyOf({ s3 }: SummarizedRuns) {
  const store = reportStore();
  for (const [path, content] of s3.objects) store.s3.put(path, content);
  return store;
}
const manifests = () => [...runs.s3.objects.keys()].filter((key) => key.startsWith('manifests/'));

describe('a run that is summarized again', () => {
  it('returns its result and changes nothing, for example after a lost response', async () => {
    const run = await runs.run(accounts);
    const before = objects();
    expect((await runs.summarize(run.event)).summary).toEqual(run.summary);
    expect(objects()).toEqual(before);
  });

  it('writes its files under other keys when another write of the same ones was in progress to the end', async () => {
    const event = await runs.collect(accounts);
    const folders = new Set<string>();
    const folderOf = (key: string) => /^runs\/[^/]+\/[^/]+\/[0-9a-f]{16}\//.exec(key)?.[0];
    runs.s3.onCall = ({ method, key }) => {
      const folder = folderOf(key);
      if (method !== 'PUT' || folder === undefined) return;
      folders.add(folder);
      if (folders.size === 1)
        throw new ServiceError(409, 'ConditionalRequestConflict', 'another write is in progress');
    };
    const { manifest } = await runs.summarize(event);
    expect(manifest.complete).toBe(true);
    const [, second] = [...folders];
    expect(new Set(manifest.files.flatMap(({ key }) => folderOf(key) ?? []))).toEqual(new Set([second]));
  });

  it('is refused when what it was made from has changed, because nobody knows which of the two is right', async () => {
    const run = await runs.run(accounts);
    runs.s3.delete(keys.report(DATE, first));
    await expect(runs.summarize(run.event)).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(manifests()).toHaveLength(1);
  });

  it('returns its result when another run of the day has replaced its reports since', async () => {
    const run = await runs.run(accounts);
    const later = { execution: 'run-2', startedAt: `${DATE}T20:00:00.000Z` };
    await runs.run([accountOf(first, 'eve'), accountOf(second, 'kim')], later);
    expect((await runs.summarize(run.event)).summary).toEqual(run.summary);
  });

  describe('after it could not tell whose report is in the bucket', () => {
    const later = { execution: 'run-2', startedAt: `${DATE}T20:00:00.000Z` };
    const objectOf = (key: string) => ({ key, text: runs.s3.text(key) });

    /** The later run has stored its reports, and notes that only after the first was reviewed. */
    async function reviewedBeforeOutcomes() {
      const event = await runs.collect(accounts);
      await runs.collect([accountOf(first, 'eve'), accountOf(second, 'kim')], later);
      const outcomes = objectOf(keys.outcomes(`${DATE}/run-2`, 1));
      runs.s3.delete(outcomes.key);
      const run = await runs.summarize(event);
      expect(run.manifest.accounts[0]).toMatchObject({ outcome: 'failed', reason: 'report-changed' });
      runs.s3.put(outcomes.key, outcomes.text);
      return { event, run };
    }

    it('returns its result when the other run has noted that it stored the report', async () => {
      const { event, run } = await reviewedBeforeOutcomes();
      const before = objects();
      expect((await runs.summarize(event)).summary).toEqual(run.summary);
      expect(objects()).toEqual(before);
    });

    it('returns its result when yet another run has replaced the report', async () => {
      const { event, run } = await reviewedBeforeOutcomes();
      await runs.run([accountOf(first, 'zoe'), accountOf(second, 'max')], { ...later, execution: 'run-3' });
      expect((await runs.summarize(event)).summary).toEqual(run.summary);
    });

    it('is refused when its own report is in the bucket again', async () => {
      const event = await runs.collect(accounts);
      const own = objectOf(keys.report(DATE, first));
      runs.s3.put(own.key, 'garbage');
      await runs.summarize(event);
      runs.s3.put(own.key, own.text);
      await expect(runs.summarize(event)).rejects.toMatchObject({ name: 'InvalidInput' });
    });
  });

  it('is refused with another ledger, so that exemptions and start cannot be forged', async () => {
    const { event } = await runs.run(accounts);
    const forged = { ...event, ledger: '0'.repeat(64) };
    await expect(runs.summarize(forged)).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  it('is refused when the ledger itself was replaced, although the event names its hash', async () => {
    const { event } = await runs.run(accounts);
    runs.s3.put(keys.ledger(event.run), runs.s3.text(keys.ledger(event.run)).replace('08:00:00', '09:00:00'));
    await expect(runs.summarize(event)).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  it.each([
    ['exemptions', { checks: { exemptions: [] } }],
    ['a start time', { startTime: '2019-01-01T00:00:00Z' }],
  ])('is refused with %s in the event', async (_what, fields) => {
    const { event } = await runs.run(accounts);
    await expect(runs.summarize({ ...event, ...fields })).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  it.each(['2026-11-22/..', '2026-11-22/.', '2026-11-22/a/b', '../2026-11-22/x'])(
    'is refused with the name %s',
    async (run) => {
      const { event } = await runs.run(accounts);
      await expect(runs.summarize({ ...event, run })).rejects.toMatchObject({ name: 'InvalidInput' });
    },
  );

  it('is refused for a run that does not exist', async () => {
    const { event } = await runs.run(accounts);
    const missing = { ...event, run: `${DATE}/another` };
    await expect(runs.summarize(missing)).rejects.toMatchObject({ name: 'InvalidInput' });
  });

  it.each([
    ['another run', '"execution":"run-1"', '"execution":"run-2"'],
    ['another date', '"date":"2026-11-22"', '"date":"2026-01-01"'],
    ['another environment', '"environment":"test"', '"environment":"production"'],
  ])('is refused when its ledger is that of %s', async (_what, own, other) => {
    const { run } = await runs.collect(accounts);
    const text = runs.s3.text(keys.ledger(run)).replace(own, other);
    runs.s3.put(keys.ledger(run), text);
    const event = { run, ledger: sha256Of(text) };
    await expect(runs.summarize(event)).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(manifests()).toEqual([]);
  });

  it('is refused when it is finished and its manifest was changed', async () => {
    const { event, summary } = await runs.run(accounts);
    const { key } = summary.manifest;
    runs.s3.put(key, runs.s3.text(key).replace('"complete":true', '"complete":false'));
    await expect(runs.summarize(event)).rejects.toThrow('is not what a summary finds now');
  });
});

describe('a manifest that somebody else made for a run', () => {
  /** The manifest that a forger who knows everything would write before the run is summarized. */
  async function forged(change: (text: string) => string) {
    const event = await runs.collect(accounts);
    const other = new SummarizedRuns({ store: copyOf(runs) });
    const { summary } = await other.summarize(event);
    const { key } = summary.manifest;
    for (const [path, content] of other.s3.objects)
      if (!runs.s3.objects.has(path) && path !== keys.view(event.run)) runs.s3.put(path, content);
    runs.s3.put(key, change(other.s3.text(key)));
    return event;
  }

  it.each([
    ['hides its findings', (text: string) => text.replaceAll(/"findings":[1-9]\d*/g, '"findings":0')],
    ['leaves out an account', (text: string) => text.replace(/,\{"id":"100000000002".*?\}(?=\])/, '')],
    [
      'names another hash of a report',
      (text: string) => text.replace(/"sha256":"[0-9a-f]{4}/, '"sha256":"0000'),
    ],
    [
      'names another manifest before it',
      (text: string) =>
        text.replace('"previous":null', `"previous":{"key":"x","sha256":"${'0'.repeat(64)}"}`),
    ],
    [
      'tells another page',
      (text: string) =>
        text.replace(/("key":"runs[^"]+outputs.json","bytes":\d+,"sha256":")[0-9a-f]{4}/, '$10000'),
    ],
  ])('is refused when it %s, so that nothing of it is told or signed', async (_what, change) => {
    const event = await forged(change);
    const before = objects();
    await expect(runs.summarize(event)).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(objects()).toEqual(before);
  });

  it('does no harm when it says what the run would have said', async () => {
    const event = await forged((text) => text);
    expect((await runs.summarize(event)).summary).toMatchObject({ complete: true, collected: 2 });
  });
});

describe('a run that is marked as finished and has no manifest', () => {
  it('is refused', async () => {
    const event = await runs.collect(accounts);
    runs.s3.put(keys.view(event.run), '{}');
    await expect(runs.summarize(event)).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(manifests()).toEqual([]);
  });
});

describe('a summary that is interrupted', () => {
  const failOn = (part: string, code = 'InternalError') => {
    runs.s3.onCall = ({ method, key }) => {
      if (method === 'PUT' && key.includes(part)) throw new ServiceError(400, code, 'refused by the test');
    };
  };
  const resume = () => {
    runs.s3.onCall = () => undefined;
  };

  it.each(['findings.csv', 'outputs.json', 'SHA256SUMS', 'manifests/'])(
    'before %s is written records the run at its next try',
    async (part) => {
      const event = await runs.collect(accounts);
      failOn(part);
      await expect(runs.summarize(event)).rejects.toThrow('refused by the test');
      expect(manifests()).toEqual([]);
      resume();
      const { summary } = await runs.summarize(event);
      expect(summary).toMatchObject({ complete: true, collected: 2 });
      expect(manifests()).toHaveLength(1);
    },
  );

  it.each(['organization/', 'tables/', 'index.html', 'view.json'])(
    'after the manifest and before %s tells the same at its next try',
    async (part) => {
      const whole = new SummarizedRuns({ versions: false });
      runs = new SummarizedRuns({ versions: false });
      const expected = await whole.run(accounts);
      const event = await runs.collect(accounts);
      failOn(part);
      await expect(runs.summarize(event)).rejects.toThrow('refused by the test');
      expect(manifests()).toHaveLength(1);
      resume();
      expect((await runs.summarize(event)).summary).toEqual(expected.summary);
      expect(objects()).toEqual(
        new Map([...whole.s3.objects].map(([key, content]) => [key, content.toString()])),
      );
    },
  );

  it('finishes in files of other keys if its first try noted something else', async () => {
    await runs.run(accounts, { date: '2026-11-21', execution: 'sunday' });
    // It is not compared with, so that the sources are the same without it.
    const { summary } = await runs.run(accounts, { date: '2026-11-20', execution: 'saturday' });
    const event = await runs.collect(accounts);
    runs.s3.onCall = ({ method, key }) => {
      if (method === 'GET' && key === summary.manifest.key) throw new ServiceError(403, 'AccessDenied', 'no');
      if (method === 'PUT' && key.startsWith('manifests/')) throw new ServiceError(400, 'Other', 'refused');
    };
    await expect(runs.summarize(event)).rejects.toThrow('refused');
    const before = objects();
    resume();
    const { manifest } = await runs.summarize(event);
    expect(manifest.notes).toEqual([]);
    for (const [key, content] of before) expect([key, runs.s3.text(key)]).toEqual([key, content]);
  });

  it('may find an earlier run unreadable that it could read: the state machine tries again', async () => {
    const { summary } = await runs.run(accounts, { date: '2026-11-21' });
    const event = await runs.collect(accounts);
    failOn('view.json');
    await expect(runs.summarize(event)).rejects.toThrow('refused by the test');
    runs.s3.onCall = ({ method, key }) => {
      if (method === 'GET' && key === summary.manifest.key) throw new ServiceError(403, 'AccessDenied', 'no');
    };
    await expect(runs.summarize(event)).rejects.toMatchObject({ name: 'Error' });
    resume();
    expect((await runs.summarize(event)).summary).toMatchObject({ complete: true, collected: 2 });
  });

  it('finishes with other bytes after a repair, in files of other keys', async () => {
    const event = await runs.collect(accounts);
    runs.s3.delete(keys.report(DATE, first));
    failOn('manifests/');
    await expect(runs.summarize(event)).rejects.toThrow('refused by the test');
    const before = objects();
    resume();
    const { content = '' } = { content: before.get(keys.report(DATE, first)) };
    expect(content).toBe('');
    await runs.collect(accounts);
    const { manifest } = await runs.summarize(event);
    expect(manifest.complete).toBe(true);
    const written = manifest.files.filter(({ key }) => key.startsWith('runs/'));
    expect(written.map(({ key }) => before.has(key))).toEqual(written.map(() => false));
  });
});

describe('two summaries of one run at the same time', () => {
  it('record it once', async () => {
    const event = await runs.collect(accounts);
    const [one, other] = await Promise.all([runs.summarize(event), runs.summarize(event)]);
    expect(one.summary).toEqual(other.summary);
    expect(manifests()).toHaveLength(1);
  });
});
