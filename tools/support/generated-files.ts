/** Files that a command generates and that are committed: written anew, or compared with `--check`. */
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { makeFolder, writeWhole } from '../../constructs/write-file';

export interface GeneratedFiles {
  /** Text of each file, by its path from the root of the project. */
  readonly files: ReadonlyMap<string, string>;
  /**
   * A folder that has only generated files: others are removed.
   * @default - no file is removed
   */
  readonly folder?: string;
}

interface Change {
  readonly path: string;
  readonly kind: 'missing' | 'out of date' | 'not generated anymore';
}

/** What is different from the generated files. */
function findChanges(root: string, { files, folder }: GeneratedFiles): Change[] {
  const changes: Change[] = [];
  for (const [path, text] of files) {
    if (!existsSync(join(root, path))) changes.push({ path, kind: 'missing' });
    else if (textOf(join(root, path)) !== text) changes.push({ path, kind: 'out of date' });
  }
  const present = folder === undefined ? [] : filesIn(root, folder);
  for (const path of present) {
    if (!files.has(path)) changes.push({ path, kind: 'not generated anymore' });
  }
  return changes;
}

export const hasChanges = (root: string, generated: GeneratedFiles) =>
  findChanges(root, generated).length > 0;

/** Text of a file, with the line ends of Git: those of the checkout say nothing. */
export const textOf = (file: string) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n');

/** Without folders, hidden files and what editors leave, such as `production.json~`: no command of this project wrote them. */
function filesIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && extname(name) === '.json')
    .map(({ name }) => `${folder}/${name}`)
    .sort();
}

/**
 * Writes what changed, and prints it.
 * @returns the exit code
 */
export function writeChanges(root: string, generated: GeneratedFiles): number {
  const changes = findChanges(root, generated);
  for (const { path, kind } of changes) {
    const text = generated.files.get(path);
    if (text === undefined) rmSync(join(root, path));
    else {
      makeFolder(dirname(join(root, path)));
      writeWhole(join(root, path), text);
    }
    console.log(`${kind === 'not generated anymore' ? 'Removed' : 'Wrote'} ${path}`);
  }
  if (changes.length === 0) console.log(`All ${generated.files.size} files are up to date`);
  return 0;
}

/**
 * Writes nothing; prints each file that differs, and the command that renews it.
 * @returns the exit code
 */
export function checkForChanges(root: string, generated: GeneratedFiles, script: string): number {
  const changes = findChanges(root, generated);
  for (const { path, kind } of changes) console.error(`${path} is ${kind}`);
  if (changes.length === 0) return 0;
  console.error(`Run npm run ${script}, and review what it changes`);
  return 1;
}
