import type { HandlerName } from './handler-names';
import { handlerSource } from './handler-source';
import { reproducibleZip } from '../reproducible-zip';

/**
 * The code of a function. In the npm package `prebuilt-zip.ts` takes the place of this module.
 * @param files - beside the code, by name
 */
export const handlerZip = (name: HandlerName, files: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  reproducibleZip({ 'index.js': handlerSource(name), ...files });
