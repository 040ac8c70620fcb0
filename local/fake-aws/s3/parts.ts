import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of multipart uploads that are neither complete nor aborted. */
export interface Parts {
  /** Starts an upload and returns its ID. */
  create: () => string;
  has: (upload: string) => boolean;
  put: (upload: string, number: number, content: Buffer) => void;
  get: (upload: string, number: number) => Buffer | undefined;
  remove: (upload: string) => void;
}

/** Parts that are files of a folder: a large table does not have to fit into memory while it is written. */
export function partsIn(folder: string): Parts {
  return {
    create: () => {
      const upload = randomUUID();
      mkdirSync(join(folder, upload), { recursive: true });
      return upload;
    },
    has: (upload) => /^[\w-]+$/.test(upload) && existsSync(join(folder, upload)),
    put: (upload, number, content) => {
      writeFileSync(join(folder, upload, String(number)), content);
    },
    get: (upload, number) => {
      const file = join(folder, upload, String(number));
      return existsSync(file) ? readFileSync(file) : undefined;
    },
    remove: (upload) => {
      rmSync(join(folder, upload), { recursive: true });
    },
  };
}

export function partsInMemory(): Parts {
  const uploads = new Map<string, Map<number, Buffer>>();
  return {
    create: () => {
      const upload = randomUUID();
      uploads.set(upload, new Map());
      return upload;
    },
    has: (upload) => uploads.has(upload),
    put: (upload, number, content) => {
      uploads.get(upload)?.set(number, content);
    },
    get: (upload, number) => uploads.get(upload)?.get(number),
    remove: (upload) => {
      uploads.delete(upload);
    },
  };
}
