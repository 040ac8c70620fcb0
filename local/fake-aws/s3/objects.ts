import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';

/** Where the objects of the buckets are kept; a path is bucket, slash and key. */
export interface Objects {
  get: (path: string) => Buffer | undefined;
  /** @param modified - the present, if it is not given */
  put: (path: string, content: Buffer, modified?: Date) => void;
  remove: (path: string) => void;
  /** When an object that exists was last written. */
  modified: (path: string) => Date;
  /** Every object below a folder, which ends with a slash: the rest of its path, and its size. */
  below: (folder: string) => [rest: string, size: number][];
}

/**
 * Objects that are files of a folder.
 * @param uploads - where they are written before they appear
 */
export function objectsIn(folder: string, uploads: string): Objects {
  const fileOf = (path: string) => join(folder, path);
  return {
    get: (path) => (isFile(fileOf(path)) ? readFileSync(fileOf(path)) : undefined),
    put: (path, content, modified) => {
      placeObject(uploads, fileOf(path), content, modified);
    },
    remove: (path) => {
      if (isFile(fileOf(path))) rmSync(fileOf(path));
    },
    modified: (path) => statSync(fileOf(path)).mtime,
    below: (path) => filesBelow(fileOf(path)),
  };
}

/**
 * Objects that are kept in memory. What is put into the map, or taken out of it, is changed behind the back of the service.
 * @param root - what their paths start with and the keys of the map do not, such as the name of the only bucket and a slash
 */
export function objectsInMemory(contents: Map<string, Buffer>, root = ''): Objects {
  const times = new Map<string, { content: Buffer | undefined; modified: Date }>();
  const keyOf = (path: string) => path.slice(root.length);
  const within = (path: string) => path.startsWith(root);
  const remember = (path: string, modified: Date) => {
    times.set(path, { content: contents.get(keyOf(path)), modified });
    return modified;
  };
  return {
    get: (path) => (within(path) ? contents.get(keyOf(path)) : undefined),
    put: (path, content, modified = new Date()) => {
      if (!within(path)) throw new Error(`${path} is outside ${root}`);
      contents.set(keyOf(path), content);
      remember(path, modified);
    },
    remove: (path) => {
      if (within(path)) contents.delete(keyOf(path));
      times.delete(path);
    },
    modified: (path) => {
      const known = times.get(path);
      return known && known.content === contents.get(keyOf(path))
        ? known.modified
        : remember(path, new Date());
    },
    below: (folder) =>
      within(folder)
        ? [...contents].flatMap(([key, { length }]) =>
            key.startsWith(keyOf(folder)) ? [[key.slice(keyOf(folder).length), length]] : [],
          )
        : [],
  };
}

const isFile = (file: string) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

function filesBelow(folder: string): [rest: string, size: number][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file.slice(join(folder, '/').length), statSync(file).size]);
}

/** Makes an object appear at once. */
function placeObject(uploads: string, file: string, content: Buffer, modified?: Date): void {
  const upload = join(uploads, randomUUID());
  mkdirSync(uploads, { recursive: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(upload, content);
  if (modified) utimesSync(upload, modified, modified);
  renameSync(upload, file);
}
