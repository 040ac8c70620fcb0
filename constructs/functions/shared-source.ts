import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../write-file';

/**
 * Tests synthesize in hundreds of processes. Those of one test run share what esbuild makes of the same `handlers/`, in the
 * folder that `jest.config.mjs` names here. Nothing else sets it: a deployment always bundles.
 */
const FOLDER = 'SOURCES_OF_TEST_RUN';

/** @param handlers - path of `handlers/` */
export function sharedSource(name: string, handlers: string, make: () => Uint8Array): Uint8Array {
  const folder = process.env[FOLDER];
  if (folder === undefined) return make();
  const file = join(folder, `${name}-${contentOf(handlers)}.js`);
  if (existsSync(file)) return readFileSync(file);
  const source = make();
  try {
    writeWhole(file, source);
  } catch {
    // A test of a full disk is about what a deployment would write.
  }
  return source;
}

function contentOf(folder: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    hash
      .update(`${path.slice(folder.length)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}
