import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { writeWhole } from '../write-file';
import { type HandlerName, handlerSource } from './handler-source';

export type { HandlerName } from './handler-source';

export interface HandlerBundle {
  /** Path of the zip on this machine. */
  readonly path: string;
  /** Base64 of its SHA-256: what AWS Lambda calls `CodeSha256`. */
  readonly hash: string;
}

/** The earliest time that a zip can contain, so that the same code always gives the same bytes. */
const ZIP_EPOCH = new Date(1980, 0, 1);
const bundles = new Map<HandlerName, HandlerBundle>();

/** Bundles a handler with everything it imports into a zip whose bytes depend only on the source. */
export function handlerBundle(name: HandlerName): HandlerBundle {
  const bundle = bundles.get(name) ?? zipped(name);
  bundles.set(name, bundle);
  return bundle;
}

function zipped(name: HandlerName): HandlerBundle {
  const zip = zipSync(
    {
      'index.js': [handlerSource(name), { mtime: ZIP_EPOCH, os: 3, attrs: 0o644 << 16 }],
    },
    { level: 9 },
  );
  const digest = createHash('sha256').update(zip).digest();
  const path = join(bundleFolder(), `${name}.zip`);
  writeWhole(path, zip);
  return { path, hash: digest.toString('base64') };
}

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
