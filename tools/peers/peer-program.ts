/**
 * Python peers: independent programs that the project is tested against. Each has a virtual environment of its own,
 * since what one pins excludes what another needs, and a lock file, `tools/peers/PEER/requirements.txt`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDERS, folderOf, installOnce } from './install-once';
import { python } from './python';

const [bin, suffix] = process.platform === 'win32' ? ['Scripts', '.exe'] : ['bin', ''];

/**
 * The path of a peer's program. The first use installs the peer, and so does the first after its lock file changed.
 * @throws PythonMissing on a machine without Python
 */
export function peerProgram(peer: string, program = peer, folders = FOLDERS): string {
  const lockFile = join(folders.locks, peer, 'requirements.txt');
  const requirements = readFileSync(lockFile, 'utf8');
  const environment = folderOf(peer, requirements, folders);
  // The Python that it was made with may have been removed since.
  if (!existsSync(join(environment, bin, `python${suffix}`))) rmSync(environment, { force: true });
  installOnce(environment, (folder) => {
    install(peer, requirements, lockFile, folder);
  });
  const path = join(environment, bin, program + suffix);
  if (!existsSync(path)) throw new Error(`the peer ${peer} has no program ${program}`);
  return path;
}

function install(peer: string, requirements: string, lockFile: string, folder: string): void {
  // The command in the file's first comment says for which version of Python the lock was made.
  const [, minimum] = /--python-version (\S+)/.exec(requirements) ?? [];
  if (minimum === undefined)
    throw new Error(`${lockFile} does not say --python-version in its first comment`);
  const run = (file: string, ...options: string[]) => {
    execFileSync(file, options, { encoding: 'utf8', stdio: 'pipe', env: process.env });
  };
  const command = python(minimum);
  process.stderr.write(`Installing ${peer}, once\n`);
  try {
    run(command, '-m', 'venv', folder);
    // The lock names every package; it may leave out what a peer needs only for what is not tested.
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--no-deps',
      '--no-compile',
      '--require-hashes',
    ];
    run(join(folder, bin, `python${suffix}`), ...pip, '-r', lockFile);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`could not install the peer ${peer}:\n${stdout}${stderr}`, { cause: error });
  }
}
