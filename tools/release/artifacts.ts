import { chmodSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { reproducibleZip } from '../../constructs/reproducible-zip';
import type { Build } from './builds';
import { type Files, filesOf } from './files-of';

interface ArtifactsProps {
  /** Folder in which everything was built. */
  readonly project: string;
  readonly builds: readonly Build[];
  readonly version: string;
  /** Runs npm in a folder of the project, and returns what it printed. */
  readonly npm: (command: string, folder: string) => Promise<string>;
}

/** What is published, by name. */
export async function artifactsOf({ project, builds, version, npm }: ArtifactsProps): Promise<Files> {
  const artifacts: [name: string, content: Uint8Array][] = [];
  for (const { writes, releasedAs } of builds) {
    const path = join(project, writes);
    if (releasedAs === 'npm-package') artifacts.push(await packed(project, writes, npm));
    else if (releasedAs === 'zip')
      artifacts.push([`${basename(writes)}-${version}.zip`, reproducibleZip(filesOf(path))]);
    else artifacts.push([basename(writes), readFileSync(path)]);
  }
  return Object.fromEntries(artifacts);
}

async function packed(
  project: string,
  folder: string,
  npm: ArtifactsProps['npm'],
): Promise<[name: string, content: Uint8Array]> {
  const path = join(project, folder);
  readableByEveryone(path);
  const [{ filename } = { filename: '' }] = JSON.parse(await npm('pack --ignore-scripts --json', folder)) as {
    filename: string;
  }[];
  const content = readFileSync(join(path, filename));
  rmSync(join(path, filename));
  return [filename, content];
}

/** npm gives all files the same time, but keeps what the umask took from their permissions. */
function readableByEveryone(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}
