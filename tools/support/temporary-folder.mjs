/** Ends with one line when the temporary folder cannot be used: tsx writes to it before any other code runs. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

try {
  mkdirSync(tmpdir(), { recursive: true });
  accessSync(tmpdir(), constants.W_OK | constants.X_OK);
} catch (error) {
  console.error(`error: cannot write to the temporary folder (TMPDIR): ${error.message}`);
  process.exit(1);
}
