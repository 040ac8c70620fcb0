import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Contents by name, sorted by name, with `/` in names on every system. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** Everything below a folder. */
export function filesOf(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return [];
    const found = join(entry.parentPath, entry.name);
    if (!entry.isFile()) throw new Error(`${found} is not a file: a release has files and folders only`);
    return [found];
  });
  const named = paths.map((found) => [relative(folder, found).replaceAll(sep, '/'), found] as const);
  // By code units: the order of a locale differs from machine to machine.
  named.sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(named.map(([name, found]) => [name, readFileSync(found)]));
}
