import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Options with which Node.js runs TypeScript. It would look for the name `tsx` from the working folder, which can be any. */
export const typescriptOptions = ['--import', pathToFileURL(createRequire(__filename).resolve('tsx')).href];
