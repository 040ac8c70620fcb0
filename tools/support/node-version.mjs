/**
 * Ends with one line when Node.js is not the version that the functions run on. `npm ci` brings that version for Linux
 * and Windows (`optionalDependencies` in package.json); elsewhere it is the one installed on the machine.
 */
import { existsSync, readFileSync } from 'node:fs';
import './temporary-folder.mjs';

const needed = readFileSync(new URL('../../.nvmrc', import.meta.url), 'utf8').trim();
const found = process.versions.node;

if (found.split('.')[0] !== needed) {
  const isInstalled = existsSync(new URL('../../node_modules', import.meta.url));
  const what = isInstalled
    ? `install Node.js ${needed} (nvm install reads .nvmrc)`
    : `run npm ci, which installs it on Linux and on Windows x64 (elsewhere, install Node.js ${needed} first),`;
  console.error(
    `Node.js ${needed} is required, as on AWS Lambda, but this is Node.js ${found}: ${what} and run the command again.`,
  );
  process.exit(1);
}
