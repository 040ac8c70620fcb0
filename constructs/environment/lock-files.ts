/**
 * The provider that an environment is deployed with: `npm run lock` writes Terraform's dependency lock file beside the
 * environment file, and synthesis copies it to the stack, whose folder is not in Git.
 */
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../write-file';

/** Terraform reads a file of this name in the folder of the stack. */
const LOCK = '.terraform.lock.hcl';

/** The lock file of an environment. */
export const lockPath = (folder: string, name: string) => join(folder, `${name}${LOCK}`);

/** The version of the AWS provider that a lock file names. */
export const lockedVersion = (lock: string): string | undefined => /^ *version += "(.*)"/m.exec(lock)?.[1];

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** First line of a copy. Terraform leaves it out when it writes the file itself, for example for `init -upgrade`. */
const noteOn = (source: string) =>
  `# A copy of ${source}, which npm run lock writes and npm run synth copies again.\n`;

/**
 * Lays the lock file of every environment into the folder of its stack. A copy whose source is gone is removed; a lock
 * file that Terraform wrote, because the environment has none, is left alone.
 * @returns the lock files that belong to no environment
 */
export function copyLockFiles(folder: string, environments: readonly string[], stacks: string): string[] {
  for (const name of environments) {
    const source = lockPath(folder, name);
    const copy = join(stacks, name, LOCK);
    const note = noteOn(source);
    if (isFile(source)) writeWhole(copy, `${note}${readFileSync(source, 'utf8')}`);
    else if (isFile(copy) && readFileSync(copy, 'utf8').startsWith(note)) rmSync(copy);
  }
  return readdirSync(folder)
    .filter((file) => file.endsWith(LOCK) && !environments.includes(file.slice(0, -LOCK.length)))
    .map((file) => join(folder, file));
}
