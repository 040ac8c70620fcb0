import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, writeWhole } from '../../constructs/write-file';
import { problemsOfFolder } from '../../local/output-folder';

/** Why {@link writeFolder} should not write to a folder that somebody chose: it would remove what is there. */
export function problemsOfTarget(folder: string): string[] {
  const problems = problemsOfFolder(folder, 'folder');
  if (problems.length > 0 || !existsSync(folder) || readdirSync(folder).length === 0) return problems;
  return [`folder must be new or empty, but ${folder} has files, which would be removed`];
}

/**
 * Makes a folder have these files, by name, and no others.
 * @returns the sum of their sizes, bytes
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, string | Uint8Array>): number {
  rmSync(folder, { recursive: true, force: true });
  let bytes = 0;
  for (const [name, content] of files) {
    const path = join(folder, name);
    makeFolder(dirname(path));
    writeWhole(path, content);
    bytes += Buffer.byteLength(content);
  }
  return bytes;
}
