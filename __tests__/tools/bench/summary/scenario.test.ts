import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { handlerBundle } from '../../../../constructs/functions/handler-bundle';
import { TemporaryFolder } from '../../../../local/temporary-folder';
import { measureScenario } from '../../../../tools/bench/summary/scenario';

describe('The benchmark of the summary', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = new TemporaryFolder('bench');
    const code = unzipSync(readFileSync(handlerBundle('summarize-run').path));
    for (const [file, content] of Object.entries(code)) writeFileSync(join(folder.path, file), content);
  });
  afterEach(() => {
    folder.remove();
  });

  test.each([
    {
      reports: 'reports of more than one batch, by their reviews',
      accounts: 250,
      users: 2,
      readsReports: false,
    },
    { reports: 'large reports, which it reads itself', accounts: 2, users: 300, readsReports: true },
  ])('summarizes $reports, on two days', async ({ accounts, users, readsReports }) => {
    const runs = [];
    for await (const run of measureScenario(folder.path, { name: 'test', accounts, users }, 512)) {
      const { complete, users, newFindings } = run.figures.result;
      runs.push({ complete, users, isCompared: newFindings !== null, readsReports: run.bytes.read > 0 });
    }
    const run = { complete: true, users: accounts * users, readsReports };
    expect(runs).toEqual([
      { ...run, isCompared: false },
      { ...run, isCompared: true },
    ]);
  });

  it('measures the memory of the function, however much the stand-in for S3 has', async () => {
    const MIB = 2 ** 20;
    const ofStandIn = Buffer.alloc(384 * MIB, 1);
    for await (const { figures } of measureScenario(
      folder.path,
      { name: 'test', accounts: 2, users: 2 },
      512,
    )) {
      expect(figures.peakMib).toBeGreaterThan(20);
      expect(figures.peakMib * MIB).toBeLessThan(ofStandIn.length / 2);
    }
  });
});
