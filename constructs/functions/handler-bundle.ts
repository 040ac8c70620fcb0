import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { handlerSource } from './handler-source';

/** The functions; each is the name of its file in `handlers/`. */
export type HandlerName = 'list-accounts' | 'request-reports' | 'collect-reports' | 'summarize-run';

export interface HandlerBundle {
  /** Path of the zip on this machine. */
  readonly path: string;
  /** Base64 of its SHA-256: what AWS Lambda calls `CodeSha256`. */
  readonly hash: string;
}

/** The first moment that a zip can name; a zip of the same code has the same bytes whenever it is made. */
const ZIP_EPOCH = new Date(1980, 0, 1);
const made = new Map<HandlerName, HandlerBundle>();

/** Bundles a handler with what it uses into a zip whose bytes depend on nothing but the source. */
export function handlerBundle(name: HandlerName): HandlerBundle {
  const bundle = made.get(name) ?? zipped(name);
  made.set(name, bundle);
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
  const path = join(folderOfBundles(), `${name}.zip`);
  writeFileSync(path, zip);
  return { path, hash: digest.toString('base64') };
}

let folder: string | undefined;

/** CDKTF copies the zips from here when it synthesizes. */
function folderOfBundles(): string {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'iam-credential-reports-bundles-'));
    process.once('exit', () => {
      rmSync(made, { recursive: true, force: true });
    });
    folder = made;
  }
  return folder;
}
