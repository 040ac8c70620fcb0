import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { reproducibleZip } from '../reproducible-zip';
import { writeWhole } from '../write-file';
import { type HandlerName, handlerSource } from './handler-source';

export type { HandlerName } from './handler-source';

export interface HandlerBundle {
  /** Path of the zip on this machine. */
  readonly path: string;
  /** Base64 of its SHA-256: what AWS Lambda calls `CodeSha256`. */
  readonly hash: string;
}

const bundles = new Map<string, HandlerBundle>();

type Files = Readonly<Record<string, Uint8Array>>;

/**
 * Bundles a handler with everything it imports into a zip whose bytes depend only on the source and the files.
 * @param files - beside the code, by name
 */
export function handlerBundle(name: HandlerName, files: Files = {}): HandlerBundle {
  const key = [name, ...Object.values(files).map((content) => sha256(content).toString('hex'))].join('-');
  const bundle = bundles.get(key) ?? zipped(name, files, key);
  bundles.set(key, bundle);
  return bundle;
}

function zipped(name: HandlerName, files: Files, key: string): HandlerBundle {
  const zip = reproducibleZip({ 'index.js': handlerSource(name), ...files });
  // CDKTF keeps the name of the file.
  const path = join(bundleFolder(), key, `${name}.zip`);
  mkdirSync(dirname(path));
  writeWhole(path, zip);
  return { path, hash: sha256(zip).toString('base64') };
}

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest();

let folder: string | undefined;

/** CDKTF copies the zips from this folder when it synthesizes. */
function bundleFolder(): string {
  if (folder === undefined) {
    const temporary = mkdtempSync(join(tmpdir(), 'iam-credential-reports-bundles-'));
    process.once('exit', () => {
      rmSync(temporary, { recursive: true, force: true });
    });
    folder = temporary;
  }
  return folder;
}
