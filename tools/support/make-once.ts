import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder the first time that it is asked for. The path is a link that is set when the folder is complete:
 * a folder that a stopped process left half made is never used, and of two processes the first to finish sets it.
 * @returns the path
 */
export function makeOnce(path: string, make: (folder: string) => void): string {
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  // A link to a folder that somebody removed.
  rmSync(path, { force: true });
  const folder = mkdtempSync(`${path}-`);
  try {
    make(folder);
    // Windows lets everybody make a junction, but not a symbolic link.
    symlinkSync(folder, path, 'junction');
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!existsSync(path)) throw error;
  }
  return path;
}
