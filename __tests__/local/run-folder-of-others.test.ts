/** Other users of the machine may have written to the folder before. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunFolder } from '../../local/run-folder';
import { temporaryFolder } from '../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);
let count = 0;
const newFolder = () => {
  const path = join(folder, `run-${++count}`);
  mkdirSync(path, { mode: 0o700 });
  return path;
};

describe('the folder of a run to which others may have written', () => {
  it.each<[what: string, make: (lock: string) => unknown]>([
    ['a named pipe, which nobody writes to', (lock) => execFileSync('mkfifo', [lock])],
    [
      'a folder',
      (lock) => {
        mkdirSync(lock);
      },
    ],
    [
      'a symbolic link',
      (lock) => {
        symlinkSync('/etc/passwd', lock);
      },
    ],
    [
      'empty',
      (lock) => {
        writeFileSync(lock, '');
      },
    ],
    [
      'of another machine',
      (lock) => {
        writeFileSync(lock, '1 elsewhere x');
      },
    ],
  ])('is refused at once when the file of the run that uses it is %s', (_what, make) => {
    const path = newFolder();
    make(join(path, '.in-use'));
    const refusal = /^Another local run .* if there is no such run, remove .*\.in-use$/;
    expect(() => {
      RunFolder.assertFree(path);
    }).toThrow(refusal);
    expect(() => RunFolder.open(path)).toThrow(refusal);
    expect(readdirSync(path)).toContain('.in-use');
  });

  it('is refused when any user could replace what is written to it', () => {
    const path = newFolder();
    chmodSync(path, 0o777);
    expect(() => RunFolder.open(path)).toThrow(
      `Other users can replace what is written to ${path}: use another --out, or chmod o-w ${path}`,
    );
    expect(readdirSync(path)).not.toContain('logs');
    // As /tmp is.
    chmodSync(path, 0o1777);
    RunFolder.open(path).close();
  });
});
