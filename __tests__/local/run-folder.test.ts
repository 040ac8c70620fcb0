import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { RunFolder } from '../../local/run-folder';
import { temporaryFolder } from '../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

let folders = 0;
const newFolder = () => join(folder, String(folders++));
const modeOf = (...path: string[]) => statSync(join(...path)).mode & 0o777;
const inUse = /^Another local run \(process \S+ on .+\) uses .+: wait until it ends, or use another --out/;

/** The ID of a process that has ended. */
const gone = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('the folder of a run', () => {
  it('is used by one run at a time, whatever path it has', () => {
    const path = newFolder();
    const first = RunFolder.open(path);
    const link = newFolder();
    symlinkSync(path, link);
    for (const other of [path, link]) {
      expect(() => RunFolder.open(other)).toThrow(inUse);
      expect(() => {
        RunFolder.assertFree(other);
      }).toThrow(inUse);
    }
    first.close();
    RunFolder.assertFree(path);
    RunFolder.open(link).close();
    expect(readdirSync(path).sort()).toEqual(['.gitignore', 'logs']);
  });

  it('can be used after a run that was killed, and what that left is removed', () => {
    const path = newFolder();
    mkdirSync(join(path, '.uploads', 'upload'), { recursive: true });
    writeFileSync(join(path, '.in-use'), `${gone()} ${hostname()} killed`);
    RunFolder.assertFree(path);
    const opened = RunFolder.open(path);
    expect(existsSync(join(path, '.uploads'))).toBe(false);
    opened.close();
  });

  it.each([
    ['a run of another machine', () => `${gone()} another-machine id`],
    ['a run that is just writing its name', () => ''],
  ])('is left to %s, which this one cannot see', (_which, holder) => {
    const path = newFolder();
    mkdirSync(path);
    writeFileSync(join(path, '.in-use'), holder());
    expect(() => RunFolder.open(path)).toThrow(`if there is no such run, remove ${join(path, '.in-use')}`);
  });

  it('is given to one of many runs that find it after a killed one at the same time', async () => {
    const path = newFolder();
    mkdirSync(path);
    writeFileSync(join(path, '.in-use'), `${gone()} ${hostname()} killed`);
    const script = `
      import { RunFolder } from ${JSON.stringify(join(__dirname, '../../local/run-folder.ts'))};
      try {
        RunFolder.open(${JSON.stringify(path)});
        console.log('opened');
      } catch (error) {
        console.log(error.message);
      }
      // Until all have tried.
      process.stdin.resume();`;
    const processes = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    );
    const said = await Promise.all(
      processes.map(async ({ stdout }) => String(((await once(stdout, 'data')) as [Buffer])[0]).trim()),
    );
    const ended = processes.map((one) => once(one, 'exit'));
    for (const one of processes) one.stdin.end();
    await Promise.all(ended);
    expect(said.filter((line) => line === 'opened')).toHaveLength(1);
    expect(said.filter((line) => inUse.test(line))).toHaveLength(3);
    expect(readdirSync(path)).toEqual(['logs']);
  });

  it('is private where reports and logs are, whoever can read the folder itself', () => {
    const path = newFolder();
    mkdirSync(join(path, 'bucket', 'folder'), { recursive: true });
    chmodSync(path, 0o755);
    chmodSync(join(path, 'bucket'), 0o777);
    const opened = RunFolder.open(path);
    opened.makePrivate(['bucket', 'new-bucket']);
    expect(modeOf(path)).toBe(0o755);
    for (const name of ['bucket', 'new-bucket', 'logs']) expect(modeOf(path, name)).toBe(0o700);
    opened.close();
    const created = newFolder();
    RunFolder.open(created).close();
    expect(modeOf(created)).toBe(0o700);
  });

  it('may be a link that the user made', () => {
    const [path, link] = [newFolder(), newFolder()];
    mkdirSync(path);
    symlinkSync(path, link);
    const opened = RunFolder.open(link);
    expect(opened.path).toBe(realpathSync(path));
    opened.close();
  });

  it.each(['logs', 'logs/collect-reports.log', '.uploads', 'bucket', 'bucket/2026-11-22/report.csv'])(
    'is refused if %s is a symbolic link, and nothing is written through it',
    (name) => {
      const [path, elsewhere] = [newFolder(), newFolder()];
      mkdirSync(elsewhere);
      mkdirSync(join(path, name, '..'), { recursive: true });
      symlinkSync(elsewhere, join(path, name));
      expect(() => {
        RunFolder.open(path).makePrivate(['bucket']);
      }).toThrow(
        `A local run does not write through symbolic links: ${join(path, name)}; remove them, or use another --out`,
      );
      expect(readdirSync(elsewhere)).toEqual([]);
    },
  );

  it('names some of many symbolic links, and counts the others', () => {
    const path = newFolder();
    mkdirSync(join(path, 'logs'), { recursive: true });
    for (let link = 0; link < 5; link++) symlinkSync('nowhere', join(path, 'logs', String(link)));
    expect(() => RunFolder.open(path)).toThrow(/links: (\S+, ){2}\S+ and 2 more; remove/);
    expect(existsSync(join(path, '.in-use'))).toBe(false);
  });

  it('does not read the name of the run that uses it through a symbolic link', () => {
    const [path, file] = [newFolder(), newFolder()];
    mkdirSync(path);
    writeFileSync(file, 'content');
    symlinkSync(file, join(path, '.in-use'));
    expect(() => RunFolder.open(path)).toThrow('.in-use');
    expect(readFileSync(file, 'utf8')).toBe('content');
  });
});
