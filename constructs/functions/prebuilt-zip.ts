import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { HandlerName } from './handler-names';
import type { handlerZip as built } from './handler-zip';
import { reproducibleZip } from '../reproducible-zip';

/** The zips beside the compiled constructs of the npm package. */
const FOLDER = join(__dirname, 'functions');

/** The zip of a function in the npm package. */
export const prebuiltName = (name: HandlerName): string => `${name}.zip`;

/** Takes the place of the module `handler-zip.ts` in the npm package: whoever uses that needs no bundler. */
export const handlerZip: typeof built = (name, files) => {
  const zip = readFileSync(join(FOLDER, prebuiltName(name)));
  return Object.keys(files).length === 0 ? zip : reproducibleZip({ ...unzipSync(zip), ...files });
};
