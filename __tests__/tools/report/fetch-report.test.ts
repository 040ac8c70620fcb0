/** Reports of runs that were summarized, fetched by a real client of S3. */
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { dayTables, keys } from '../../../handlers/shared/bucket-layout';
import { sha256Of } from '../../../handlers/shared/hash';
import { type FetchProps, type FetchedReport, fetchReport } from '../../../tools/report/fetch-report';
import { NotAsRecorded } from '../../../tools/report/not-as-recorded';
import { ReportFolder } from '../../../tools/report/report-folder';
import { temporaryFolder } from '../../../tools/support/embedded';
import { type SummarizedRun } from '../../support/summarized';
import { ServedRuns, newSigner } from '../../support/served-runs';
import '../../support/quiet';

const DATE = '2026-11-22';
const { folder, remove } = temporaryFolder();
const all: ServedRuns[] = [];
afterEach(async () => {
  for (const one of all.splice(0)) await one.stop();
});
afterAll(remove);

function served(props: ConstructorParameters<typeof ServedRuns>[0] = {}): ServedRuns {
  const made = new ServedRuns(props);
  all.push(made);
  return made;
}

let outs = 0;
const newOut = () => join(folder, `out-${outs++}`);

async function fetched(runs: ServedRuns, props: Partial<FetchProps> = {}): Promise<FetchedReport> {
  const defaults = {
    environment: 'production',
    signs: false,
    out: newOut(),
    now: new Date(`${DATE}T12:00:00Z`),
  };
  return fetchReport(await runs.store(), { ...defaults, ...props });
}

/** Every problem that a report is refused for. */
async function refusal(runs: ServedRuns, props: Partial<FetchProps> = {}): Promise<string[]> {
  const error: unknown = await fetched(runs, props).catch((one: unknown) => one);
  if (!(error instanceof NotAsRecorded)) throw error as Error;
  return error.findings.map(({ status, key, detail }) => `${status} ${key}: ${detail}`);
}

const tables = dayTables.filter((name) => name !== 'service_credentials.csv');
const keyOf = (runs: ServedRuns, run: SummarizedRun, name: (typeof dayTables)[number]) =>
  runs.runs.fileOf(run, name);
const pageKey = keys.day(DATE, 'index.html');
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
/** Files below a folder; those that a command keeps for itself are hidden. */
const filesIn = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.gitignore')
    .map(({ parentPath, name }) => join(parentPath, name).slice(path.length + 1))
    .sort();

describe('a report', () => {
  it('has page, tables and manifest of the run, byte for byte, and nothing else', async () => {
    const runs = served();
    const run = await runs.run(DATE);
    const out = newOut();
    const { page, isSigned, files } = await fetched(runs, { out });
    expect({ page, isSigned }).toEqual({
      page: join(out, 'production', DATE, 'index.html'),
      isSigned: false,
    });
    expect(filesIn(out)).toEqual(
      [
        'manifests/production/00000001.json',
        ...['index.html', ...tables].map((name) => `production/${DATE}/${name}`),
      ].sort(),
    );
    for (const name of tables)
      expect(readFileSync(join(dirname(page), name))).toEqual(runs.objects.get(keyOf(runs, run, name)));
    expect(readFileSync(page)).toEqual(runs.objects.get(pageKey));
    expect(files.map(({ name }) => name)).toEqual(['index.html', ...tables]);
  });

  it('has a page all of whose links lead to files in the folder', async () => {
    const runs = served();
    await runs.run(DATE, { serviceCredentials: true });
    const { page } = await fetched(runs);
    const links = [...readFileSync(page, 'utf8').matchAll(/<a (?:class="manifest" )?href="([^"#]+)"/g)].map(
      ([, link = '']) => link,
    );
    expect(new Set(links)).toEqual(new Set([...dayTables, '../../manifests/production/00000001.json']));
    for (const link of links) expect(statSync(resolve(dirname(page), link)).isFile()).toBe(true);
  });

  it('can be read by its owner only', async () => {
    const runs = served();
    await runs.run(DATE);
    const out = newOut();
    mkdirSync(join(out, 'production'), { recursive: true });
    chmodSync(join(out, 'production'), 0o755);
    const { page } = await fetched(runs, { out });
    const folders = ['production', `production/${DATE}`, 'manifests', 'manifests/production'];
    expect(folders.map((name) => mode(join(out, name)))).toEqual(['700', '700', '700', '700']);
    expect(filesIn(dirname(page)).map((name) => mode(join(dirname(page), name)))).toEqual(
      Array(5).fill('600'),
    );
    expect(mode(join(out, 'manifests/production/00000001.json'))).toBe('600');
  });

  it('is that of the newest day without a date, and else of the day', async () => {
    const runs = served();
    for (const date of ['2026-11-20', '2026-11-21', DATE]) await runs.run(date);
    expect((await fetched(runs)).run.date).toBe(DATE);
    expect((await fetched(runs, { date: '2026-11-20' })).run.date).toBe('2026-11-20');
  });

  it('is that of the run that started last, of two runs on one day', async () => {
    const runs = served();
    await runs.run(DATE, { execution: 'noon', startedAt: `${DATE}T12:00:00.000Z` });
    // It ends last, and does not replace the page of the day.
    await runs.run(DATE, {
      execution: 'morning',
      startedAt: `${DATE}T06:00:00.000Z`,
      serviceCredentials: true,
    });
    const { run, page } = await fetched(runs);
    expect(run.execution).toBe('noon');
    expect(readFileSync(page, 'utf8')).toContain('noon');
    expect(filesIn(dirname(page))).not.toContain('service_credentials.csv');
  });

  it('is read below the prefix of the environment', async () => {
    const runs = served({ prefix: 'audit/iam/' });
    await runs.run(DATE);
    expect((await fetched(runs)).run.date).toBe(DATE);
  });

  it('tells how many bytes of all it has', async () => {
    const runs = served();
    await runs.run(DATE);
    const told: number[][] = [];
    const { files } = await fetched(runs, { onProgress: (_what, ...counts) => told.push(counts) });
    const total = Math.ceil(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024);
    expect(told.at(-1)).toEqual([expect.closeTo(total, -1), total]);
    expect(told.length).toBeGreaterThanOrEqual(files.length);
  });
});

describe('a report is refused, and nothing is stored,', () => {
  async function refusedAfter(change: (runs: ServedRuns, run: SummarizedRun) => void): Promise<string[]> {
    const runs = served();
    const run = await runs.run(DATE);
    change(runs, run);
    const out = newOut();
    const problems = await refusal(runs, { out });
    expect(filesIn(folder).filter((name) => name.startsWith(`${out.slice(folder.length + 1)}/`))).toEqual([]);
    return problems;
  }
  const flip = (content: Buffer | undefined) => {
    const changed = Buffer.from(content!);
    changed[changed.length - 2]! ^= 1;
    return changed;
  };

  it('if a table is altered', async () => {
    let [key, before, after] = ['', '', ''];
    const problems = await refusedAfter((runs, run) => {
      key = keyOf(runs, run, 'findings.csv');
      const changed = flip(runs.objects.get(key));
      [before, after] = [sha256Of(runs.objects.get(key)!), sha256Of(changed)];
      runs.objects.set(key, changed);
    });
    expect(problems).toEqual([`altered ${key}: its SHA-256 is ${after}, not ${before}`]);
  });

  it.each([
    ['shorter', (content: Buffer) => content.subarray(1), 'it has 9 bytes, not 10'],
    [
      'longer',
      (content: Buffer) => Buffer.concat([content, content]),
      'it has more than the 10 bytes that were recorded',
    ],
  ])('if a table is %s', async (_how, change, detail) => {
    const problems = await refusedAfter((runs, run) => {
      const key = keyOf(runs, run, 'credentials.csv');
      runs.objects.set(key, change(runs.objects.get(key)!));
    });
    const digits = (text: string) => text.replaceAll(/\d+ bytes/g, 'N bytes').replace(/not \d+$/, 'not N');
    expect(problems.map(digits)).toEqual([
      expect.stringMatching(`^altered runs/.*/credentials.csv: ${digits(detail)}$`),
    ]);
  });

  it('if a table or the page is missing, and says all that is wrong at once', async () => {
    const problems = await refusedAfter((runs, run) => {
      runs.objects.delete(keyOf(runs, run, 'changes.csv'));
      runs.objects.delete(pageKey);
      runs.objects.set(keyOf(runs, run, 'controls.csv'), Buffer.from(''));
    });
    expect(problems).toEqual([
      `missing ${pageKey}: it does not exist`,
      expect.stringMatching(/^missing runs\/.*\/changes.csv: it does not exist$/),
      expect.stringMatching(/^altered runs\/.*\/controls.csv: it has 0 bytes, not \d+$/),
    ]);
  });

  it('if the page is altered', async () => {
    const problems = await refusedAfter((runs) => {
      runs.objects.set(pageKey, flip(runs.objects.get(pageKey)));
    });
    expect(problems).toEqual([
      expect.stringMatching(`^altered ${pageKey}: its SHA-256 is \\w{64}, not \\w{64}$`),
    ]);
  });

  it('if the manifest is altered: the view names another hash', async () => {
    const problems = await refusedAfter((runs, { summary: { manifest } }) => {
      const text = runs.objects.get(manifest.key)!.toString();
      runs.objects.set(manifest.key, Buffer.from(text.replace('"complete":true', '"complete":false')));
    });
    expect(problems).toEqual([
      expect.stringMatching(
        /^altered manifests\/production\/00000001.json: its SHA-256 is \w{64}, but runs\/.*\/view.json names /,
      ),
    ]);
  });

  it('if the manifest is not one any more', async () => {
    const problems = await refusedAfter((runs, { summary: { manifest } }) => {
      runs.objects.set(manifest.key, Buffer.from('{}'));
    });
    expect(problems).toEqual([
      'altered manifests/production/00000001.json: it is not a manifest of version 3',
    ]);
  });

  it('if the view is missing', async () => {
    const problems = await refusedAfter((runs, { event }) => {
      runs.objects.delete(keys.view(event.run));
    });
    expect(problems).toEqual([
      `missing runs/${DATE}/run-${DATE}/view.json: it does not exist, so nothing proves the page`,
    ]);
  });

  it('if the manifest of an earlier day is altered: the chain and the view name another hash', async () => {
    const runs = served();
    const { summary } = await runs.run('2026-11-20');
    await runs.run(DATE);
    const { key } = summary.manifest;
    const changed = runs.objects.get(key)!.toString().replace('"complete":true', '"complete":false');
    runs.objects.set(key, Buffer.from(changed));
    const is = `altered ${key}: its SHA-256 is ${sha256Of(changed)}, but`;
    expect(await refusal(runs, { date: '2026-11-20' })).toEqual([
      expect.stringMatching(`^${is} a later manifest names \\w{64}$`),
      expect.stringMatching(`^${is} runs/.*/view.json names `),
    ]);
  });

  it('if the manifest of an earlier day differs from what the chain names, even if its view agrees', async () => {
    const runs = served();
    const { summary, event } = await runs.run('2026-11-20');
    await runs.run(DATE);
    const { key, sha256 } = summary.manifest;
    const changed = runs.objects.get(key)!.toString().replace('"complete":true', '"complete":false');
    runs.objects.set(key, Buffer.from(changed));
    const view = keys.view(event.run);
    runs.objects.set(
      view,
      Buffer.from(runs.objects.get(view)!.toString().replace(sha256, sha256Of(changed))),
    );
    expect(await refusal(runs, { date: '2026-11-20' })).toEqual([
      `altered ${key}: its SHA-256 is ${sha256Of(changed)}, but a later manifest names ${sha256}`,
    ]);
  });

  it('if a table is older than the retention period, which accuses nobody', async () => {
    const runs = served();
    const run = await runs.run(DATE);
    const manifest = runs.objects.get(run.summary.manifest.key)!.toString();
    expect(manifest).toContain('"retentionDays":null');
    const kept = manifest.replace('"retentionDays":null', '"retentionDays":30');
    runs.objects.set(run.summary.manifest.key, Buffer.from(kept));
    const view = keys.view(run.event.run);
    const named = runs.objects.get(view)!.toString().replace(sha256Of(manifest), sha256Of(kept));
    runs.objects.set(view, Buffer.from(named));
    runs.objects.delete(keyOf(runs, run, 'changes.csv'));
    expect(await refusal(runs, { now: new Date('2027-01-01T00:00:00Z') })).toEqual([
      expect.stringMatching(/^expired runs\/.*\/changes.csv: older than the retention period$/),
    ]);
  });
});

describe('a signed report', () => {
  it('is fetched if manifest and view are signed', async () => {
    const runs = served({ signer: newSigner() });
    await runs.run(DATE);
    expect((await fetched(runs, { signs: true })).isSigned).toBe(true);
  });

  it.each([
    ['manifest', ({ summary }: SummarizedRun) => summary.manifest.key],
    ['view', ({ event }: SummarizedRun) => keys.view(event.run)],
  ])('is refused if the signature of its %s does not match or is gone', async (_what, fileOf) => {
    const signer = newSigner();
    const runs = served({ signer });
    await runs.run('2026-11-21');
    const run = await runs.run(DATE);
    const signature = keys.signature(fileOf(run), signer.keyId);
    const other = keys.signature(fileOf(run).replace('00000002', '00000001'), signer.keyId);
    runs.objects.set(
      signature,
      runs.objects.get(other === signature ? `manifests/production/00000001.${signer.keyId}.sig` : other)!,
    );
    expect(await refusal(runs, { signs: true })).toEqual([
      `altered ${signature}: it does not match ${fileOf(run)}`,
    ]);
    runs.objects.delete(signature);
    expect(await refusal(runs, { signs: true })).toEqual([`unsigned ${fileOf(run)}: it is not signed`]);
    expect((await fetched(runs)).isSigned).toBe(false);
  });

  it('is not asked for of runs from before the environment signed', async () => {
    const runs = served();
    await runs.run('2026-11-21');
    expect((await fetched(runs, { signs: true })).isSigned).toBe(false);
    const signing = served({ signer: newSigner() });
    for (const [name, content] of runs.objects) signing.objects.set(name, content);
    await signing.run(DATE);
    expect((await fetched(signing, { signs: true, date: '2026-11-21' })).isSigned).toBe(false);
    expect((await fetched(signing, { signs: true })).isSigned).toBe(true);
  });
});

describe('a day without a run', () => {
  it('is refused with the nearest days that have one', async () => {
    const runs = served();
    for (const date of ['2026-11-16', '2026-11-18', '2026-11-20', DATE]) await runs.run(date);
    await expect(fetched(runs, { date: '2026-11-17' })).rejects.toThrow(
      `production has no finished run of 2026-11-17; the nearest days that have one are 2026-11-16 and 2026-11-18, the newest is ${DATE}`,
    );
    await expect(fetched(runs, { date: '2026-11-21' })).rejects.toThrow(
      /; the nearest days that have one are 2026-11-20 and 2026-11-22$/,
    );
    await expect(fetched(runs, { date: '2025-01-01' })).rejects.toThrow(
      /; the nearest day that has one is 2026-11-16, the newest is 2026-11-22$/,
    );
    await expect(fetched(runs, { date: '2027-01-01' })).rejects.toThrow(
      /; the nearest day that has one is 2026-11-22$/,
    );
  });

  it('is refused in a bucket of another environment, which is named', async () => {
    const runs = served({ environment: 'staging' });
    await runs.run(DATE);
    await expect(fetched(runs)).rejects.toThrow(
      's3://reports/ has no finished run of the environment production, but of staging',
    );
  });

  it('is refused in an empty bucket', async () => {
    await expect(fetched(served())).rejects.toThrow(
      's3://reports/ has no finished run; npm run doctor -- production says whether it is deployed and runs',
    );
  });
});

describe('a second report of a day', () => {
  it('replaces the first, and keeps what somebody else put beside it', async () => {
    const runs = served();
    await runs.run(DATE, {
      execution: 'early',
      startedAt: `${DATE}T06:00:00.000Z`,
      serviceCredentials: true,
    });
    const out = newOut();
    const { page } = await fetched(runs, { out });
    expect(filesIn(dirname(page))).toContain('service_credentials.csv');
    writeFileSync(join(dirname(page), 'notes.xlsx'), 'mine');
    await runs.run(DATE, { execution: 'late', startedAt: `${DATE}T18:00:00.000Z` });
    await fetched(runs, { out });
    expect(readFileSync(page, 'utf8')).toContain('late');
    expect(filesIn(out)).toEqual(
      [
        ...['manifests/production/00000001.json', 'manifests/production/00000002.json'],
        ...['index.html', 'notes.xlsx', ...tables].map((name) => `production/${DATE}/${name}`),
      ].sort(),
    );
  });

  it('leaves the first as it is if something is not as recorded', async () => {
    const runs = served();
    const run = await runs.run(DATE);
    const out = newOut();
    const { page } = await fetched(runs, { out });
    const before = filesIn(out).map((name) => [name, readFileSync(join(out, name))]);
    runs.objects.set(keyOf(runs, run, 'findings.csv'), Buffer.from('forged'));
    await refusal(runs, { out });
    expect(filesIn(out).map((name) => [name, readFileSync(join(out, name))])).toEqual(before);
    expect(statSync(page).isFile()).toBe(true);
  });
});

describe('the folder of reports', () => {
  it('is not written to through a link', async () => {
    const runs = served();
    await runs.run(DATE);
    const out = newOut();
    mkdirSync(join(out, 'elsewhere'), { recursive: true });
    symlinkSync(join(out, 'elsewhere'), join(out, 'production'));
    await expect(fetched(runs, { out })).rejects.toThrow(
      /production must be a folder: remove it, or use another --out$/,
    );
    expect(filesIn(join(out, 'elsewhere'))).toEqual([]);
  });

  it('does not replace what a link in the place of a manifest leads to', async () => {
    const runs = served();
    await runs.run(DATE);
    const out = newOut();
    mkdirSync(join(out, 'manifests/production'), { recursive: true });
    writeFileSync(join(out, 'mine'), 'precious');
    symlinkSync(join(out, 'mine'), join(out, 'manifests/production/00000001.json'));
    await expect(fetched(runs, { out })).rejects.toThrow(
      /00000001\.json must be a file: remove it, or use another --out$/,
    );
    expect(readFileSync(join(out, 'mine'), 'utf8')).toBe('precious');
  });

  it('stores no manifest of a day that it cannot store', async () => {
    const runs = served();
    await runs.run(DATE);
    const out = newOut();
    mkdirSync(join(out, 'production'), { recursive: true });
    writeFileSync(join(out, 'production', DATE), 'a file');
    await expect(fetched(runs, { out })).rejects.toThrow(/ must be a folder/);
    expect(filesIn(join(out, 'manifests/production'))).toEqual([]);
  });

  it('says what is in the way of what a command that was killed has left', async () => {
    const runs = served();
    await runs.run(DATE);
    const out = newOut();
    for (const folder of [DATE, `.replaced-${DATE}`])
      mkdirSync(join(out, 'production', folder, 'notes'), { recursive: true });
    await expect(fetched(runs, { out })).rejects.toThrow(
      /notes cannot be put back, because .*notes exists: remove one/,
    );
  });

  it('is refused if other users can write to it', async () => {
    const runs = served();
    await runs.run(DATE);
    const out = newOut();
    mkdirSync(out);
    chmodSync(out, 0o777);
    await expect(fetched(runs, { out })).rejects.toThrow(/^Other users can replace what is written to /);
  });

  it('is tidied after a command that was killed, at any moment', async () => {
    const runs = served();
    await runs.run(DATE);
    const out = newOut();
    const environment = join(out, 'production');
    for (const path of [
      '.partial/findings.csv',
      '.replaced-2026-11-20/index.html',
      `.replaced-${DATE}/notes.txt`,
      `.replaced-${DATE}/index.html`,
      `${DATE}/index.html`,
    ]) {
      mkdirSync(dirname(join(environment, path)), { recursive: true });
      writeFileSync(join(environment, path), path);
    }
    await fetched(runs, { out });
    expect(filesIn(environment).filter((name) => !name.endsWith('csv'))).toEqual([
      '2026-11-20/index.html',
      `${DATE}/index.html`,
      `${DATE}/notes.txt`,
    ]);
    expect(readdirSync(environment).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('is used by one command at a time', async () => {
    const runs = served();
    await runs.run(DATE);
    const out = newOut();
    const held = ReportFolder.open(out, 'production');
    await expect(fetched(runs, { out })).rejects.toThrow(
      /^Another report \(process \d+ on .*\) uses .*production: wait until it ends/,
    );
    held.close();
    expect((await fetched(runs, { out })).run.date).toBe(DATE);
  });
});
