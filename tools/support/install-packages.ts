import { execSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs the packages of a tool that has its own lock file, when the tool is first used and when its lock file has
 * changed since.
 *
 * @param folder - where package-lock.json is
 */
export function installPackages(folder: string): void {
  const lock = join(folder, 'package-lock.json');
  // npm writes this file last.
  const installed = join(folder, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.error(`Installing the packages of ${folder}`);
  // Standard output is for the output of the tool.
  execSync('npm ci --ignore-scripts --loglevel=error', { cwd: folder, stdio: ['ignore', 2, 2] });
}
