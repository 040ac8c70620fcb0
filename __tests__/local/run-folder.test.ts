import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
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
const newFolder = () => join(folder, `run-${++folders}`);
const modeOf = (path: string) => statSync(path).mode & 0o777;

/** A folder whose file in use names somebody. */
function usedBy(holder: string): { path: string; lock: string } {
  const path = newFolder();
  mkdirSync(path);
  const lock = join(path, '.in-use');
  writeFileSync(lock, holder);
  return { path, lock };
}

function endedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describe('the folder of a local run', () => {
  it('serves one run at a time, and says which one', () => {
    const path = newFolder();
    const first = RunFolder.open(path);
    const inUse =
      `Another local run (process ${process.pid} on ${hostname()}) uses ${first.path}: wait until it ends, or use ` +
      `another --out; if there is no such run, remove ${join(first.path, '.in-use')}`;
    expect(() => RunFolder.open(path)).toThrow(inUse);
    expect(() => {
      RunFolder.assertFree(path);
    }).toThrow(inUse);
    first.close();
    RunFolder.assertFree(path);
    RunFolder.open(path).close();
    expect(readdirSync(path)).not.toContain('.in-use');
  });

  it('is free again after a run that was killed on this machine', () => {
    const { path, lock } = usedBy(`${endedProcess()} ${hostname()} id`);
    RunFolder.assertFree(path);
    const opened = RunFolder.open(path);
    expect(readFileSync(lock, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    opened.close();
  });

  it.each([
    ['a run on another machine', '1 elsewhere id'],
    ['a file that names nobody', ''],
  ])('stays as it is for %s', (_who, holder) => {
    const { path, lock } = usedBy(holder);
    expect(() => RunFolder.open(path)).toThrow(/^Another local run .* uses /);
    expect(readFileSync(lock, 'utf8')).toBe(holder);
  });

  it('leaves the file of a run that took it over', () => {
    const path = newFolder();
    const opened = RunFolder.open(path);
    const lock = join(path, '.in-use');
    writeFileSync(lock, '1 elsewhere id');
    opened.close();
    expect(readFileSync(lock, 'utf8')).toBe('1 elsewhere id');
  });

  it('can be read by its owner only, also where it existed before', () => {
    const path = newFolder();
    mkdirSync(join(path, 'logs'), { recursive: true });
    chmodSync(join(path, 'logs'), 0o755);
    const opened = RunFolder.open(path);
    opened.makePrivate(['bucket']);
    expect(['logs', 'bucket'].map((name) => modeOf(join(path, name)))).toEqual([0o700, 0o700]);
    opened.close();
    const created = newFolder();
    RunFolder.open(created).close();
    expect(modeOf(created)).toBe(0o700);
  });

  it('is not used if something in it is a symbolic link', () => {
    const path = newFolder();
    const elsewhere = newFolder();
    mkdirSync(elsewhere);
    mkdirSync(join(path, 'bucket', 'day'), { recursive: true });
    const links = ['1', '2', '3', '4'].map((name) => join(path, 'bucket', 'day', name));
    for (const link of links) symlinkSync(elsewhere, link);
    const opened = RunFolder.open(path);
    expect(() => {
      opened.makePrivate(['bucket']);
    }).toThrow(/^A local run does not write through symbolic links: \S+, \S+, \S+ and 1 more; remove them/);
    opened.close();
    const linked = newFolder();
    mkdirSync(linked);
    symlinkSync(elsewhere, join(linked, 'logs'));
    expect(() => RunFolder.open(linked)).toThrow(join(linked, 'logs'));
  });

  it('may be a link itself', () => {
    const [path, link] = [newFolder(), newFolder()];
    mkdirSync(path);
    symlinkSync(path, link);
    const opened = RunFolder.open(link);
    expect(opened.path).toBe(path);
    opened.close();
  });
});
