import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { WrongUsage } from './command-line';

/**
 * Checks early that a folder exists or can be created.
 * @param option - name of the option, for the message
 * @throws {@link WrongUsage} if a file is in the way
 */
export function assertFolder(path: string, option: string): void {
  let existing = path;
  while (!existsSync(existing)) existing = dirname(existing);
  if (!statSync(existing).isDirectory())
    throw new WrongUsage(`${option} must be a folder, but ${existing} is a file`);
}
