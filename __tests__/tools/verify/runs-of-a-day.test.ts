/** Several runs of a day write the same keys; runs may be unfinished; objects expire. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../tools/support/embedded';
import { FolderStore } from '../../../tools/verify/folder-store';
import { Evidence } from '../../support/evidence';
import { accountId } from '../../support/stored-run';
import { verified } from '../../support/verified';

const { folder, remove } = temporaryFolder();
afterAll(remove);

let stores = 0;
const newFolder = () => join(folder, `store-${stores++}`);
const report = (date: string, account: number) => `${date}/credentialReport_${accountId(account)}.csv`;
/** What is printed of chain, days and totals. */
const told = ({ lines }: { lines: string[] }) =>
  lines.filter((line) => !/^(\w+:|  newest:|A chain alone|Nothing is signed)/.test(line));

const DATE = '2026-11-02';
const early = { date: DATE, execution: 'early', collectedAt: `${DATE}T08:01:00.000Z` };
const late = {
  date: DATE,
  execution: 'late',
  startedAt: `${DATE}T18:00:00.000Z`,
  collectedAt: `${DATE}T18:01:00.000Z`,
  failed: [3],
  reportOf: (account: number) => `later report of ${account}`,
};

describe('two runs of a day, in a folder, which has no versions', () => {
  it('are verified: the reports of the first are superseded, which cannot be verified', async () => {
    const evidence = new Evidence(newFolder());
    evidence.run(early);
    evidence.run(late);
    const result = await verified(evidence.folder);
    expect(told(result)).toEqual([
      '2026-11-02  verified    2 runs, 3 reports, 31 files; 2 superseded, not verifiable, 1 note',
      `  superseded, not verifiable ${report(DATE, 1)}: of manifest 1: by manifest 2`,
      `  superseded, not verifiable ${report(DATE, 2)}: of manifest 1: by manifest 2`,
      '  note        manifests/production/00000002.json: the run is not complete: 1 of 3 accounts failed',
    ]);
    expect(result.exitCode).toBe(0);
  });

  it('are verified if the one that started first ended last, and left the day to the other', async () => {
    const evidence = new Evidence(newFolder());
    evidence.run(late);
    evidence.run({ ...early, accounts: 0, keepsDay: true });
    expect(told(await verified(evidence.folder))).toEqual([
      '2026-11-02  verified    2 runs, 2 reports, 31 files; 2 notes',
      '  note        manifests/production/00000001.json: the run is not complete: 1 of 3 accounts failed',
      '  note        manifests/production/00000002.json: the run is not complete: no account was expected',
    ]);
  });

  it('are not as recorded if the report of the first took the place of the later one', async () => {
    const evidence = new Evidence(newFolder());
    evidence.run(early);
    evidence.run(late);
    evidence.put(report(DATE, 1), `user,arn\n1 on ${DATE}`);
    const result = await verified(evidence.folder);
    expect(told(result)[1]).toBe(
      `  altered     ${report(DATE, 1)}: of manifest 2: it has 24 bytes, not 17: it is the older report of manifest 1`,
    );
    expect(result.exitCode).toBe(1);
  });

  it('are not as recorded if the day shows the page of the first', async () => {
    const evidence = new Evidence(newFolder());
    evidence.run(early);
    evidence.run({ ...late, keepsDay: true });
    expect(told(await verified(evidence.folder))[0]).toBe(
      '2026-11-02  altered     2 runs, 3 reports, 22 files; 9 altered, 2 superseded, not verifiable, 1 note',
    );
  });

  it('are told if a manifest says itself that its report was superseded', async () => {
    const evidence = new Evidence(newFolder());
    evidence.run({ ...early, evidence: 'superseded-not-verifiable' });
    evidence.put(report(DATE, 1), 'of a run that was removed');
    const result = await verified(evidence.folder);
    expect(told(result)[1]).toBe(
      `  superseded, not verifiable ${report(DATE, 1)}: already when the run was summarized, as its manifest says`,
    );
    expect(result.exitCode).toBe(0);
  });
});

describe('a run without a manifest', () => {
  it('is told, with what it stored, and changes no verdict', async () => {
    const evidence = new Evidence(newFolder());
    evidence.run({ ...early, failed: [3] });
    evidence.run({ date: DATE, execution: 'stopped', isUnfinished: true, failed: [1, 2] });
    evidence.run({ date: '2026-11-03', isUnfinished: true, accounts: 1 });
    const result = await verified(evidence.folder);
    expect(told(result)).toEqual([
      '2026-11-02  verified    1 run, 2 reports, 20 files; 2 unfinished, 1 note',
      `  unfinished  ${report(DATE, 3)}: stored by ${DATE}/stopped, which has no manifest`,
      `  unfinished  outcomes/${DATE}/stopped/00001.json: ${DATE}/stopped has no manifest`,
      '  note        manifests/production/00000001.json: the run is not complete: 1 of 3 accounts failed',
      '2026-11-03  unfinished  0 runs, 0 reports, 0 files; 2 unfinished',
      `  unfinished  ${report('2026-11-03', 1)}: stored by 2026-11-03/run-2026-11-03, which has no manifest`,
      '  unfinished  outcomes/2026-11-03/run-2026-11-03/00001.json: 2026-11-03/run-2026-11-03 has no manifest',
    ]);
    expect(result.exitCode).toBe(0);
  });

  it('may have superseded a report if its manifest cannot be read: nothing is told as altered', async () => {
    const evidence = new Evidence(newFolder());
    evidence.run(early);
    evidence.run(late);
    const store = new FolderStore(evidence.folder);
    const content = store.content.bind(store);
    store.content = (key) =>
      key.endsWith('/00000002.json') ? Promise.reject(new Error('EACCES')) : content(key);
    const result = await verified(store);
    expect(told(result)).toContain(
      `  unreadable  ${report(DATE, 1)}: of manifest 1: perhaps superseded by ${DATE}/late, whose manifest could not be read`,
    );
    expect(result.lines.filter((line) => line.includes('altered'))).toEqual([]);
    expect(result.exitCode).toBe(2);
  });

  it('does not excuse that a report differs: its outcomes prove nothing', async () => {
    const evidence = new Evidence(newFolder());
    evidence.run(early);
    evidence.run({ ...late, execution: 'forged', failed: [2, 3], isUnfinished: true });
    const result = await verified(evidence.folder);
    expect(told(result)[1]).toBe(
      `  altered     ${report(DATE, 1)}: of manifest 1: it has 17 bytes, not 24: only outcomes that no manifest names, of ${DATE}/forged, name what is there, and they prove nothing`,
    );
    expect(result.exitCode).toBe(1);
  });
});

describe('the retention period', () => {
  const dates = ['2026-11-01', '2026-11-02', '2026-11-20'];
  /** Ten days of retention, on November 12: what the first two days stored may be gone. */
  const now = new Date('2026-11-12T08:00:00Z');

  function evidenceOfTenDays(): Evidence {
    const evidence = new Evidence(newFolder(), { retentionDays: 10 });
    for (const date of dates) evidence.run({ date, accounts: 1 });
    return evidence;
  }

  it('makes a report expired, not missing', async () => {
    const evidence = evidenceOfTenDays();
    rmSync(join(evidence.folder, '2026-11-01'), { recursive: true });
    const result = await verified(evidence.folder, { now });
    expect(told(result)).toEqual([
      '2026-11-01  expired     1 run, 0 reports, 20 files; 1 expired',
      `  expired     ${report('2026-11-01', 1)}: older than the retention period`,
      '2026-11-02  verified    1 run, 1 report, 20 files',
      '2026-11-20  verified    1 run, 1 report, 20 files',
    ]);
    expect(result.exitCode).toBe(0);
  });

  it('is that of the manifest itself, or a shorter one of a later manifest', async () => {
    const [first, later] = [newFolder(), newFolder()];
    new Evidence(first, { retentionDays: 10 }).run({ date: '2026-11-01', accounts: 1 });
    const props = { retentionDays: null as number | null };
    const evidence = new Evidence(later, props);
    evidence.run({ date: '2026-11-01', accounts: 1 });
    props.retentionDays = 10;
    evidence.run({ date: '2026-11-02', accounts: 1 });
    for (const store of [first, later]) {
      rmSync(join(store, report('2026-11-01', 1)));
      expect(await verified(store, { now })).toMatchObject({ exitCode: 0 });
    }
  });

  it('does not make a younger report expired', async () => {
    const evidence = evidenceOfTenDays();
    rmSync(join(evidence.folder, '2026-11-02'), { recursive: true });
    expect(await verified(evidence.folder, { now: new Date('2026-11-12T07:59:59Z') })).toMatchObject({
      exitCode: 1,
    });
  });

  it('does not excuse a report that differs', async () => {
    const evidence = evidenceOfTenDays();
    writeFileSync(join(evidence.folder, report('2026-11-01', 1)), 'garbage');
    expect(await verified(evidence.folder, { now })).toMatchObject({ exitCode: 1 });
  });

  it('lets a chain begin later, as far as what is gone is old enough', async () => {
    const evidence = evidenceOfTenDays();
    for (const gone of [
      '2026-11-01',
      'runs/2026-11-01',
      'outcomes/2026-11-01',
      'manifests/production/00000001.json',
    ])
      rmSync(join(evidence.folder, gone), { recursive: true });
    const result = await verified(evidence.folder, { now });
    expect(told(result)).toEqual([
      '  expired     manifests/production/00000001.json: manifest 1 of 2026-11-01/run-2026-11-01: older than the retention period',
      '2026-11-02  verified    1 run, 1 report, 20 files',
      '2026-11-20  verified    1 run, 1 report, 20 files',
    ]);
    expect(result.exitCode).toBe(0);
    rmSync(join(evidence.folder, 'manifests/production/00000002.json'));
    expect(await verified(evidence.folder, { now: new Date('2026-11-12T07:00:00Z') })).toMatchObject({
      exitCode: 1,
    });
  });
});

describe('a range of days', () => {
  it('is all that is verified, but the chain is verified from its beginning', async () => {
    const evidence = new Evidence(newFolder());
    for (const date of ['2026-11-01', '2026-11-02', '2026-11-03']) evidence.run({ date, accounts: 1 });
    for (const date of ['2026-11-01', '2026-11-03']) rmSync(join(evidence.folder, report(date, 1)));
    const range = { from: DATE, to: DATE };
    expect(told(await verified(evidence.folder, range))).toEqual([
      '2026-11-02  verified    1 run, 1 report, 20 files',
    ]);
    rmSync(join(evidence.folder, 'manifests/production/00000001.json'));
    expect(await verified(evidence.folder, range)).toMatchObject({ exitCode: 1 });
  });
});

describe('several environments in a folder', () => {
  it('have a chain each, and one alone can be verified', async () => {
    const both = newFolder();
    const production = new Evidence(both);
    production.run({ date: '2026-11-01', accounts: 1 });
    new Evidence(both, { environment: 'staging' }).run({ date: '2026-11-02', accounts: 1 });
    const expectHead = production.recorded[0]!.manifest.sha256;
    expect(await verified(both, { expectHead })).toMatchObject({ exitCode: 0 });
    expect(await verified(both, { expectHead, environment: 'staging' })).toMatchObject({ exitCode: 1 });
    rmSync(join(both, report('2026-11-02', 1)));
    expect((await verified(both)).lines.filter((line) => /^\w+:/.test(line))).toEqual([
      'production: 1 manifest, 2026-11-01 to 2026-11-01',
      'staging: 1 manifest, 2026-11-02 to 2026-11-02',
    ]);
    expect(await verified(both)).toMatchObject({ exitCode: 1 });
    expect(await verified(both, { environment: 'production' })).toMatchObject({ exitCode: 0 });
    await expect(verified(both, { environment: 'test' })).rejects.toThrow(
      `${both} has no manifests of the environment test, but of production, staging`,
    );
  });
});
