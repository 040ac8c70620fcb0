import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { placeObject } from './s3-uploads';

/** Where the objects of the buckets are kept; a path is bucket, slash and key. */
export interface Objects {
  get: (path: string) => Buffer | undefined;
  put: (path: string, content: Buffer) => void;
  /** Every object below a folder, which ends with a slash: the rest of its path, and its size. */
  below: (folder: string) => [rest: string, size: number][];
}

/**
 * Objects that are files of a folder.
 * @param uploads - where they are written before they appear
 */
export function objectsIn(folder: string, uploads: string): Objects {
  return {
    get: (path) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path)) : undefined),
    put: (path, content) => {
      placeObject(uploads, join(folder, path), content);
    },
    below: (path) => filesBelow(join(folder, path)),
  };
}

/** Objects that are kept in memory. */
export function objectsInMemory(contents: Map<string, Buffer>): Objects {
  return {
    get: (path) => contents.get(path),
    put: (path, content) => {
      contents.set(path, content);
    },
    below: (folder) =>
      [...contents].flatMap(([path, { length }]) =>
        path.startsWith(folder) ? [[path.slice(folder.length), length]] : [],
      ),
  };
}

function filesBelow(folder: string): [rest: string, size: number][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file.slice(join(folder, '/').length), statSync(file).size]);
}
