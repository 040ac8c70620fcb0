import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isSystemError } from './error-text';

/**
 * Writes a file that is either complete or as it was before, whatever happens meanwhile.
 * @throws a system error that has the path, also when the disk is full
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const isPresent = existsSync(path);
  // A link stays a link, and a file that may not be written stays as it is.
  const target = isPresent ? realpathSync(path) : path;
  if (isPresent) accessSync(target, constants.W_OK);
  // Hidden, and without the extension: nobody takes it for one of the files beside it.
  const unfinished = join(dirname(target), `.${basename(target)}.${process.pid}`);
  try {
    writeFileSync(unfinished, content);
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw isSystemError(error) ? Object.assign(error, { path, dest: undefined }) : error;
  }
}

/**
 * Creates a folder and those above it. The option `recursive` of Node.js 24 gives another reason on a read-only disk, and
 * tries forever where nothing can be created, as in /proc.
 */
export function makeFolder(path: string, mode?: number): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path), mode);
  mkdirSync(path, { mode });
}
