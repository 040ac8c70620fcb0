import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder when it is first needed. The path is a link that is set when the folder is complete: an incomplete folder
 * of a stopped process is never used, and if two processes create the folder, the first to finish sets the link.
 * @returns the path
 */
export function makeOnce(path: string, make: (folder: string) => void): string {
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  // A link whose folder was removed.
  rmSync(path, { force: true });
  const folder = mkdtempSync(`${path}-`);
  try {
    make(folder);
    // On Windows, every user may create a junction, but not a symbolic link.
    symlinkSync(folder, path, 'junction');
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (!existsSync(path)) throw error;
  }
  return path;
}
