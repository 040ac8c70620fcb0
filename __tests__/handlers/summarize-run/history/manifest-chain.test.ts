import type { Manifest, RecentRun } from '../../../../handlers/core/manifest';
import { keys } from '../../../../handlers/shared/bucket-layout';
import { sha256Of } from '../../../../handlers/shared/hash';
import {
  type ChainPlace,
  ManifestChain,
  byStart,
  recentRuns,
} from '../../../../handlers/summarize-run/history/manifest-chain';
import { ServiceError } from '../../../../local/fake-aws/service';
import { collectedAccount, manifestOf } from '../../../support/manifests';
import { type ReportStore, reportStore } from '../../../support/report-store';
import { DATE } from '../../../support/stored-run';

const ENVIRONMENT = 'production';
const keyOf = (number: number) => keys.manifest(ENVIRONMENT, number);

let store: ReportStore;
beforeEach(() => {
  store = reportStore();
});
/** As another call of the function sees it. */
const chain = () => new ManifestChain(store.bucket, ENVIRONMENT);
const manifestAt =
  (execution: string, change: Partial<Manifest> = {}) =>
  (place: ChainPlace): Manifest => ({ ...manifestOf([collectedAccount(1)]), ...place, execution, ...change });
const append = (execution: string, change?: Partial<Manifest>) =>
  chain().append(manifestAt(execution, change));
const damage = (number: number, content = 'garbage') => {
  store.s3.put(keyOf(number), content);
};

describe('a manifest that is added', () => {
  it('is the first one in an empty bucket', async () => {
    const { key, sha256, manifest } = await append('one');
    expect(manifest).toMatchObject({ number: 1, previous: null, recent: [] });
    expect(key).toBe(keyOf(1));
    expect(sha256).toBe(sha256Of(store.s3.text(key)));
    expect(store.s3.json(key)).toEqual(manifest);
  });

  it('names key and hash of the one before, and is written only where there is none', async () => {
    const one = await append('one');
    const two = await append('two');
    expect(two.manifest).toMatchObject({ number: 2, previous: { key: one.key, sha256: one.sha256 } });
    const writes = store.s3.calls.filter(({ method }) => method === 'PUT');
    expect(writes.map(({ headers }) => headers['if-none-match'])).toEqual(['*', '*']);
  });

  it('follows the highest number, even if numbers are missing or other objects lie there', async () => {
    await append('one');
    store.s3.put(keyOf(12), store.s3.text(keyOf(1)).replace('"number":1', '"number":12'));
    store.s3.put(`manifests/${ENVIRONMENT}/00000099.json.bak`, 'x');
    store.s3.put(`manifests/${ENVIRONMENT}/00000013.key.sig`, 'x');
    expect((await append('two')).manifest).toMatchObject({ number: 13, previous: { key: keyOf(12) } });
  });

  it('belongs to the chain of its environment', async () => {
    await new ManifestChain(store.bucket, 'prod').append(manifestAt('one', { environment: 'prod' }));
    expect((await append('two')).manifest).toMatchObject({ number: 1, previous: null });
  });

  it('takes the next number if another run takes its own first', async () => {
    await append('one');
    let raced = 0;
    const { manifest } = await chain().append((place) => {
      if (raced++ === 0) {
        const other = JSON.stringify(manifestAt('other')(place));
        store.s3.put(keyOf(place.number), other);
      }
      return manifestAt('two')(place);
    });
    expect(manifest).toMatchObject({
      number: 3,
      previous: { key: keyOf(2), sha256: sha256Of(store.s3.text(keyOf(2))) },
    });
    expect(manifest.recent.map(({ execution }) => execution)).toEqual(['other', 'one']);
  });

  it('is the one that another try of the same run has added', async () => {
    const first = await append('one');
    await append('two');
    await expect(append('one')).resolves.toEqual(first);
    expect([...store.s3.objects.keys()]).toEqual([keyOf(1), keyOf(2)]);
  });

  it('is another one if the run has the same name and another date', async () => {
    await append('one');
    expect((await append('one', { date: '2026-11-23' })).manifest.number).toBe(2);
  });

  it('names what lies at the end, even if that cannot be used, and remembers what can', async () => {
    await append('one');
    await append('two');
    damage(2);
    const { manifest } = await append('three');
    expect(manifest).toMatchObject({
      number: 3,
      previous: { key: keyOf(2), sha256: sha256Of('garbage') },
    });
    expect(manifest.recent.map(({ execution }) => execution)).toEqual(['one']);
  });

  it('names no hash of one that cannot be read', async () => {
    await append('one');
    store.s3.onCall = ({ method, key }) => {
      if (method === 'GET' && key === keyOf(1)) throw new ServiceError(403, 'AccessDenied', 'no');
    };
    expect((await append('two')).manifest).toMatchObject({
      number: 2,
      previous: { key: keyOf(1), sha256: null },
      recent: [],
    });
  });

  it('is not added while one cannot be read that may be its own: it would be a second one', async () => {
    const runStartedAt = Date.now() - 1;
    const ownChain = () => new ManifestChain(store.bucket, ENVIRONMENT, runStartedAt);
    await append('one');
    store.s3.onCall = ({ method, key }) => {
      if (method === 'GET' && key === keyOf(1)) throw new ServiceError(403, 'AccessDenied', 'no');
    };
    await expect(ownChain().append(manifestAt('one'))).rejects.toThrow(
      `${keyOf(1)} was written during this run and cannot be read: AccessDenied: no`,
    );
    expect([...store.s3.objects.keys()]).toEqual([keyOf(1)]);
  });

  it('waits for one that cannot be read at the moment: the state machine tries again', async () => {
    await append('one');
    store.s3.onCall = ({ method, key }) => {
      if (method === 'GET' && key === keyOf(1)) throw new ServiceError(400, 'SlowDown', 'try again');
    };
    await expect(append('two')).rejects.toMatchObject({ name: 'SlowDown' });
    expect([...store.s3.objects.keys()]).toEqual([keyOf(1)]);
  }, 20_000);

  it('remembers the 40 runs before, newest first', async () => {
    const run = (number: number): RecentRun => ({
      number,
      sha256: sha256Of(String(number)),
      date: DATE,
      execution: `run-${number}`,
      startedAt: `${DATE}T08:00:00.000Z`,
    });
    const recent = Array.from({ length: 40 }, (_, index) => run(99 - index));
    const place = { number: 100, previous: null, recent };
    store.s3.put(keyOf(100), JSON.stringify(manifestAt('run-100')(place)));
    const numbers = (await append('run-101')).manifest.recent.map(({ number }) => number);
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => 100 - index));
  });
});

describe('the newest manifest', () => {
  it('is none in an empty bucket', async () => {
    await expect(chain().newest()).resolves.toEqual({ unusable: [] });
  });

  it('is the newest that can be used, with those that cannot and why', async () => {
    await append('one');
    for (const execution of ['two', 'three', 'four']) await append(execution);
    damage(2);
    damage(3, '');
    damage(4, '{"version":4}');
    const { usable, unusable } = await chain().newest();
    expect(usable?.manifest.execution).toBe('one');
    expect(unusable.map(({ key, problem }) => [key, problem])).toEqual([
      [keyOf(4), 'a newer version of this project wrote it, in format 4'],
      [keyOf(3), 'it is empty'],
      [keyOf(2), 'it is not valid JSON'],
    ]);
  });
});

describe('the manifest of a run', () => {
  it('is found by date and name, however many runs came later', async () => {
    const one = await append('one');
    await append('two');
    await expect(chain().find({ date: DATE, execution: 'one' })).resolves.toEqual(one);
    await expect(chain().find({ date: DATE, execution: 'three' })).resolves.toBeUndefined();
    await expect(chain().find({ date: '2026-11-23', execution: 'one' })).resolves.toBeUndefined();
  });

  it.each([
    ['was changed', (text: string) => text.replace('"complete":true', '"complete":false')],
    ['is damaged', () => 'garbage'],
  ])('is not found if it %s after a later one has named its hash', async (_what, change) => {
    await append('one');
    await append('two');
    damage(1, change(store.s3.text(keyOf(1))));
    await expect(chain().find({ date: DATE, execution: 'one' })).resolves.toBeUndefined();
  });

  it('is gone if nothing lies at its key', async () => {
    await expect(chain().at(keyOf(7))).resolves.toEqual({
      key: keyOf(7),
      sha256: null,
      problem: 'it is gone',
    });
  });
});

describe('the runs that a manifest knows', () => {
  it('are its own and those before', async () => {
    const one = await append('one');
    const two = await append('two');
    const told = ({ sha256, manifest }: typeof one) => {
      const { number, date, execution, startedAt } = manifest;
      return { number, sha256, date, execution, startedAt };
    };
    expect(recentRuns(two)).toEqual([told(two), told(one)]);
    expect(recentRuns(undefined)).toEqual([]);
  });

  it('are ordered by their start, and by their number if they started at the same moment', () => {
    const runs = [
      [4, '08'],
      [3, '09'],
      [2, '08'],
      [1, '10'],
      [5, '08'],
    ].map(([number, hour]) => ({ number, startedAt: `${DATE}T${hour}:00:00.000Z` }) as RecentRun);
    expect(byStart(runs).map(({ number }) => number)).toEqual([1, 3, 5, 4, 2]);
    expect(runs[0]?.number).toBe(4);
  });
});
