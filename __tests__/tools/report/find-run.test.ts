/** Which run a report is made of, and how much of a long chain is read for it. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keys } from '../../../handlers/shared/bucket-layout';
import { type FoundRun, findRun } from '../../../tools/report/find-run';
import { temporaryFolder } from '../../../tools/support/embedded';
import { FolderStore } from '../../../tools/verify/folder-store';
import { Evidence } from '../../support/evidence';

const { folder, remove } = temporaryFolder();
afterAll(remove);

/** The day that comes so many days after the first. */
const dayOf = (number: number) => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10);

class CountingStore extends FolderStore {
  /** Keys of the objects that were read. */
  readonly read: string[] = [];

  override content(key: string) {
    this.read.push(key);
    return super.content(key);
  }
}

let evidences = 0;
function newEvidence(days: number): Evidence {
  const evidence = new Evidence(join(folder, String(evidences++)));
  for (let day = 0; day < days; day++) evidence.run({ date: dayOf(day), accounts: 1 });
  return evidence;
}

async function foundIn({ folder: path }: Evidence, date?: string): Promise<FoundRun & { read: string[] }> {
  const store = new CountingStore(path);
  return { ...(await findRun(store, 'production', date)), read: store.read };
}

describe('the run of a report', () => {
  const year = newEvidence(365);

  it('is read with one manifest if it is the newest', async () => {
    const { manifest, read } = await foundIn(year);
    expect([manifest.header.date, read]).toEqual([dayOf(364), [keys.manifest('production', 365)]]);
  });

  it('is found a year back with a manifest for each 40 days', async () => {
    const { manifest, read } = await foundIn(year, dayOf(0));
    expect(manifest.header.date).toBe(dayOf(0));
    expect(read.length).toBeLessThanOrEqual(11);
  });

  it.each([1, 39, 40, 41, 80, 81, 200, 323, 324, 325, 363])(
    'is found on every day, such as day %d, with its manifest as the chain names it',
    async (number) => {
      const { manifest } = await foundIn(year, dayOf(number));
      expect([manifest.header.date, manifest.findings]).toEqual([dayOf(number), []]);
      expect(manifest.sha256).toBe(year.recorded[number]!.manifest.sha256);
    },
  );

  it('is looked for beyond runs that ended in another order than they started', async () => {
    const evidence = newEvidence(3);
    for (const [date, execution] of [
      [dayOf(4), 'short'],
      [dayOf(3), 'long'],
    ] as const)
      evidence.run({ date, execution, accounts: 1 });
    expect((await foundIn(evidence)).manifest.header.execution).toBe('short');
    expect((await foundIn(evidence, dayOf(3))).manifest.header.execution).toBe('long');
  });

  it('is the one that started last, also if it ended earlier and the day is long gone', async () => {
    const evidence = newEvidence(2);
    const date = dayOf(2);
    evidence.run({ date, execution: 'late', startedAt: `${date}T18:00:00.000Z`, accounts: 1 });
    evidence.run({ date, execution: 'early', startedAt: `${date}T06:00:00.000Z`, accounts: 1 });
    for (let day = 3; day < 60; day++) evidence.run({ date: dayOf(day), accounts: 1 });
    expect((await foundIn(evidence, date)).manifest.header.execution).toBe('late');
  });

  it('is the one that started last, also if the newest manifest names another one of that day alone', async () => {
    const evidence = newEvidence(2);
    const [date, busy] = [dayOf(2), dayOf(3)];
    evidence.run({ date, execution: 'late', startedAt: `${date}T18:00:00.000Z`, accounts: 1 });
    evidence.run({ date, execution: 'early', startedAt: `${date}T06:00:00.000Z`, accounts: 1 });
    for (let run = 0; run < 45; run++) evidence.run({ date: busy, execution: `run-${run}`, accounts: 1 });
    const { manifest, newest } = await foundIn(evidence, date);
    expect(newest.header.recent.filter((one) => one.date === date)).toHaveLength(1);
    expect(manifest.header.execution).toBe('late');
  });

  it('is not taken from a chain whose newest manifest cannot be used', async () => {
    const evidence = newEvidence(2);
    const key = keys.manifest('production', 2);
    const read = new FolderStore(evidence.folder).content(keys.manifest('production', 1));
    writeFileSync(join(evidence.folder, key), (await read)!);
    await expect(foundIn(evidence)).rejects.toThrow(`altered     ${key}: it is manifest 1, not 2`);
  });

  it('is not taken from behind a manifest that is gone', async () => {
    const evidence = newEvidence(60);
    const [oldest = 0] = await foundIn(evidence).then(({ manifest }) =>
      manifest.header.recent.map(({ number }) => number).slice(-1),
    );
    const key = keys.manifest('production', oldest);
    rmSync(join(evidence.folder, key));
    await expect(foundIn(evidence, dayOf(1))).rejects.toThrow(`missing     ${key}: it does not exist`);
    expect((await foundIn(evidence, dayOf(50))).manifest.header.date).toBe(dayOf(50));
  });

  it('says which manifest of the chain was signed first', async () => {
    const evidence = newEvidence(3);
    for (const number of [3, 2])
      evidence.put(keys.signature(keys.manifest('production', number), 'key-1'), 'signature');
    expect(await foundIn(evidence)).toMatchObject({
      firstSigned: 2,
      signatures: ['manifests/production/00000003.key-1.sig'],
    });
  });
});
