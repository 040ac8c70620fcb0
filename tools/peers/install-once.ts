import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeOnce } from '../support/make-once';
import { projectRoot } from '../support/project-root';

export const FOLDERS = {
  /** Holds what each peer is installed from. */
  locks: __dirname,
  installed: join(projectRoot, 'node_modules', '.cache', 'peers'),
};
export type Folders = typeof FOLDERS;

/** Where a peer is installed: another folder for every content of its lock file. */
export function folderOf(peer: string, lock: string, { installed }: Folders): string {
  return join(installed, peer, createHash('sha256').update(lock).digest('hex').slice(0, 16));
}

/** Installs a peer into its folder unless it is there, and removes what an earlier lock file installed. */
export function installOnce(folder: string, install: (folder: string) => void): string {
  return makeOnce(folder, (made) => {
    const [parent, name] = [dirname(folder), basename(folder)];
    for (const other of readdirSync(parent)) {
      if (!other.startsWith(name)) rmSync(join(parent, other), { recursive: true, force: true });
    }
    install(made);
  });
}
