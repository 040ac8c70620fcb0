import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256Of } from '../../../handlers/shared/hash';
import { checksums } from '../../../handlers/summarize-run/checksums';
import { temporaryFolder } from '../../../tools/support/embedded';
import { collectedAccount, failedAccount, skippedAccount } from '../../support/manifests';

const fileOf = (key: string, content: string) => ({ key, bytes: content.length, sha256: sha256Of(content) });
const reportOf = (number: number, content: string) => ({
  ...collectedAccount(number),
  sha256: sha256Of(content),
});

describe('the checksums of a run', () => {
  it('are one line per file and per report, first the files, in their order', () => {
    const report = reportOf(1, 'a report');
    expect(checksums([fileOf('b', 'two'), fileOf('a', 'one')], [report])).toBe(
      `${sha256Of('two')}  b\n${sha256Of('one')}  a\n${sha256Of('a report')}  ${report.key}\n`,
    );
  });

  it('leave out reports that another run of the day replaced, because their key has another report now', () => {
    const accounts = [
      { ...collectedAccount(1), evidence: 'superseded' as const },
      { ...collectedAccount(2), evidence: 'superseded-not-verifiable' as const },
      collectedAccount(3),
    ];
    expect(checksums([], accounts)).toBe(`${'0'.repeat(64)}  ${collectedAccount(3).key}\n`);
  });

  it('have nothing of accounts without a report', () => {
    expect(checksums([], [failedAccount(1), skippedAccount(2)])).toBe('');
  });

  describe('in the folder of the bucket', () => {
    const { folder, remove } = temporaryFolder();
    afterAll(remove);
    const write = (key: string, content: string) => {
      mkdirSync(dirname(join(folder, key)), { recursive: true });
      writeFileSync(join(folder, key), content);
    };
    const verify = () =>
      spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });

    it('are verified by sha256sum, which names what was changed', () => {
      const files = [fileOf('runs/day/run/made/snapshot.jsonl', 'a snapshot')];
      const report = reportOf(1, 'a report');
      write('runs/day/run/made/snapshot.jsonl', 'a snapshot');
      write(report.key, 'a report');
      write('SHA256SUMS', checksums(files, [report]));
      expect(verify()).toMatchObject({ status: 0, stderr: '' });
      write(report.key, 'a Report');
      expect(verify()).toMatchObject({
        status: 1,
        stdout: expect.stringContaining(`${report.key}: FAILED`) as string,
      });
    });
  });
});
