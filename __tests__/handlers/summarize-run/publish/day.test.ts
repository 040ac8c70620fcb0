/** The view of a day shows the run of that day that started last and can be trusted. */
import { setTimeout as pause } from 'node:timers/promises';
import { ManifestChain } from '../../../../handlers/summarize-run/history/manifest-chain';
import { fileOf } from '../../../../handlers/shared/file-of';
import { publishDay } from '../../../../handlers/summarize-run/publish/day';
import { keys } from '../../../../handlers/shared/bucket-layout';
import { ServiceError } from '../../../../local/fake-aws/service';
import { manifestOf } from '../../../support/manifests';
import { user } from '../../../support/rows';
import { DATE, accountId, accountWith } from '../../../support/stored-run';
import { SummarizedRuns } from '../../../support/summarized';

const id = accountId(1);
const accountOf = (name: string) => accountWith(id, user, name);
const morning = { execution: 'morning' };
const evening = { execution: 'evening', startedAt: `${DATE}T20:00:00.000Z` };

let runs: SummarizedRuns;
let printed: jest.SpyInstance;
beforeEach(() => {
  printed = jest.spyOn(console, 'log').mockReturnValue(undefined);
  runs = new SummarizedRuns();
});
afterEach(() => jest.restoreAllMocks());
const shown = () => runs.table('credentials.csv').map(({ user }) => user)[1];
const publish = async () => {
  const again = await publishDay(
    runs.store.bucket,
    new ManifestChain(runs.store.bucket, runs.environment),
    DATE,
  );
  await again();
};

describe('the view of a day', () => {
  it('has the tables of its run, a page, and what tells Athena where the tables are', async () => {
    const run = await runs.run([accountOf('ada')]);
    for (const file of ['credentials.csv', 'findings.csv', 'changes.csv', 'controls.csv'] as const)
      expect(runs.s3.text(keys.day(DATE, file))).toBe(runs.s3.text(runs.fileOf(run, file)));
    for (const table of ['credentials', 'findings', 'changes'] as const)
      expect(runs.s3.text(keys.partition(table, DATE))).toBe(
        `s3://reports/${runs.fileOf(run, `${table}.csv`)}\n`,
      );
    expect(runs.page()).toContain(`href="../../${run.summary.manifest.key}">manifest</a>`);
    expect(runs.page()).toContain(run.summary.manifest.sha256);
  });

  it('is made again as it was', async () => {
    await runs.run([accountOf('ada')]);
    const before = [keys.day(DATE, 'index.html'), keys.day(DATE, 'credentials.csv')].map((key) =>
      runs.s3.text(key),
    );
    runs.s3.delete(keys.day(DATE, 'index.html'));
    runs.s3.put(keys.day(DATE, 'credentials.csv'), 'garbage');
    await publish();
    expect([runs.page(), runs.s3.text(keys.day(DATE, 'credentials.csv'))]).toEqual(before);
  });

  it('is none if no run of the day has finished', async () => {
    await runs.run([accountOf('ada')], { date: '2026-11-21' });
    await publish();
    expect([...runs.s3.objects.keys()].filter((key) => key.startsWith(`organization/${DATE}`))).toEqual([]);
  });

  it.each([
    [
      'manifest',
      () => keys.manifest(runs.environment, 1),
      (text: string) => text.replace('"complete":true', '"complete":false'),
    ],
    ['manifest', () => keys.manifest(runs.environment, 1), () => 'garbage'],
    [
      'file of what it tells',
      () => outputsKey,
      (text: string) => text.replace('<title>', '<title>All is well. '),
    ],
    ['file of what it tells', () => outputsKey, () => 'garbage'],
  ])('passes over a run whose %s was changed (%#)', async (_what, keyOf, change) => {
    const early = await runs.collect([accountOf('ada')], morning);
    outputsKey = runs.fileOf(await runs.run([accountOf('eve')], evening), 'outputs.json');
    // A later manifest names the hash of the first.
    await runs.run([accountOf('ken')], { date: '2026-11-23', execution: 'next' });
    runs.s3.put(keyOf(), change(runs.s3.text(keyOf())));
    await runs.summarize(early);
    expect(shown()).toBe('ada');
    expect(runs.page()).toContain('Execution morning');
    expect(runs.page()).not.toContain('All is well');
  });
  let outputsKey = '';

  it('says in the log which run it passed over, and why', async () => {
    const early = await runs.collect([accountOf('ada')], morning);
    const key = runs.fileOf(await runs.run([accountOf('eve')], evening), 'outputs.json');
    runs.s3.delete(key);
    await runs.summarize(early);
    expect(printed.mock.calls.join()).toMatch(
      /passed over a run of the day.*evening.*is gone, or was changed/,
    );
  });

  it('waits for a run that cannot be read at the moment: the state machine tries again', async () => {
    const early = await runs.collect([accountOf('ada')], morning);
    const key = runs.fileOf(await runs.run([accountOf('eve')], evening), 'outputs.json');
    runs.s3.onCall = (call) => {
      if (call.key === key) throw new ServiceError(400, 'SlowDown', 'try again');
    };
    await expect(runs.summarize(early)).rejects.toMatchObject({ name: 'SlowDown' });
    expect(shown()).toBe('eve');
  }, 20_000);

  it.each([
    [
      'cut',
      'credentials.csv',
      (key: string) => {
        runs.s3.put(key, 'x');
      },
    ],
    [
      'gone',
      'findings.csv',
      (key: string) => {
        runs.s3.delete(key);
      },
    ],
  ] as const)(
    'is not made of a file that is %s as soon as the manifest is written',
    async (_what, file, damage) => {
      await runs.run([accountOf('ada')], morning);
      const event = await runs.collect([accountOf('eve')], evening);
      let isRecorded = false;
      runs.s3.onCall = ({ method, key }) => {
        const isNext = isRecorded;
        isRecorded = method === 'PUT' && key.startsWith('manifests/');
        const ofRun = [...runs.s3.objects.keys()].filter((one) => one.startsWith(`runs/${DATE}/evening/`));
        if (isNext) damage(ofRun.find((one) => one.endsWith(`/${file}`)) ?? '');
      };
      await runs.summarize(event);
      expect(shown()).toBe('ada');
      expect(runs.page()).toContain('Execution morning');
      expect(printed.mock.calls.join()).toContain('passed over a run of the day');
    },
  );

  it('is that of the later run if that one ends while the view is written, and writes all of its own', async () => {
    const early = await runs.collect([accountOf('ada')], morning);
    const late = await runs.collect([accountOf('eve')], evening);
    const { bucket } = runs.store;
    const copy = bucket.copy.bind(bucket);
    jest.spyOn(bucket, 'copy').mockImplementationOnce(async (...args) => {
      await runs.summarize(late);
      await copy(...args);
    });
    await runs.summarize(early);
    expect(shown()).toBe('eve');
    expect(runs.page()).toContain('Execution evening');
  });

  it('is complete when the error of a page that cannot be written is told: nothing is on its way then', async () => {
    const event = await runs.collect([accountOf('ada')], morning);
    const { bucket } = runs.store;
    const [put, copy] = [bucket.put.bind(bucket), bucket.copy.bind(bucket)];
    jest.spyOn(bucket, 'copy').mockImplementation(async (...args) => {
      await pause(50);
      await copy(...args);
    });
    jest.spyOn(bucket, 'put').mockImplementation((key, ...args) => {
      if (key.startsWith('runs/') && key.endsWith('index.html'))
        return Promise.reject(new ServiceError(400, 'Other', 'no page'));
      return put(key, ...args);
    });
    await expect(runs.summarize(event)).rejects.toThrow('no page');
    expect(runs.page()).toContain('Execution morning');
  });
});

describe('the manifest of a run', () => {
  it('is not written while files of the run are on their way, if the chain cannot be listed', async () => {
    const event = await runs.collect([accountOf('ada')], morning);
    const { bucket } = runs.store;
    const create = bucket.create.bind(bucket);
    let sums = '';
    jest.spyOn(bucket, 'create').mockImplementation(async (key, ...args) => {
      if (!key.endsWith('/SHA256SUMS')) return create(key, ...args);
      runs.s3.onCall = ({ query }) => {
        if (query.prefix?.startsWith('manifests/')) throw new ServiceError(403, 'AccessDenied', 'no');
      };
      await pause(50);
      const isCreated = await create(key, ...args);
      sums = key;
      return isCreated;
    });
    await expect(runs.summarize(event)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(runs.s3.text(sums)).toContain('credentials.csv');
  });
});

describe('a run that is told again', () => {
  it('is refused if what it tells was changed', async () => {
    const run = await runs.run([accountOf('ada')]);
    const key = runs.fileOf(run, 'outputs.json');
    runs.s3.put(key, runs.s3.text(key).replace('<title>', '<title>All is well. '));
    await expect(runs.summarize(run.event)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: `s3://reports/${key} was changed after it was written`,
    });
    expect(runs.page()).not.toContain('All is well');
  });

  it('names the file that its manifest lacks', () => {
    expect(() => fileOf({ ...manifestOf([]), number: 7 }, 'outputs.json')).toThrow(
      'Manifest 7 does not name outputs.json',
    );
  });
});
