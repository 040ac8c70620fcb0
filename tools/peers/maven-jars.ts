import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDERS, folderOf, installOnce } from './install-once';
import { maven } from './java';

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';

/**
 * The folder with the jars of a Java peer: Maven fetches what its `pom.xml` names, and each jar must have the hash in its
 * `SHA256SUMS`.
 * @throws JavaMissing on a machine without Maven
 */
export function mavenJars(peer: string, folders = FOLDERS): string {
  const pom = join(folders.locks, peer, 'pom.xml');
  const sums = readFileSync(join(folders.locks, peer, 'SHA256SUMS'), 'utf8');
  return installOnce(folderOf(peer, readFileSync(pom, 'utf8') + sums, folders), (folder) => {
    const command = maven();
    process.stderr.write(`Installing ${peer}, once\n`);
    // Maven's own plugins, in a folder of their own: nothing is installed outside the project.
    const repository = join(folder, 'repository');
    const settings = [`-Dmaven.repo.local=${repository}`, `-DoutputDirectory=${folder}`];
    try {
      execFileSync(command, ['-B', '-q', '-ntp', '-f', pom, COPY, ...settings], {
        encoding: 'utf8',
        stdio: 'pipe',
        env: process.env,
        shell: process.platform === 'win32',
      });
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`could not install the peer ${peer}:\n${stdout}${stderr}`, { cause: error });
    }
    rmSync(repository, { recursive: true, force: true });
    verify(peer, folder, sums);
  });
}

function verify(peer: string, folder: string, sums: string): void {
  const hash = (file: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex');
  const found = readdirSync(folder).map((file) => `${hash(file)}  ${file}`);
  const listed = sums.trim().split('\n');
  const unlisted = found.filter((line) => !listed.includes(line));
  const missing = listed.filter((line) => !found.includes(line));
  if (unlisted.length + missing.length > 0) {
    throw new Error(
      `the jars of the peer ${peer} are not those in its SHA256SUMS\nfetched: ${unlisted.join(', ')}\nlisted: ${missing.join(', ')}`,
    );
  }
}
