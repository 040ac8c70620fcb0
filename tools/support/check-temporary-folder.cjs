/** Ends with one line when the temporary folder cannot be used: tsx writes to it before any other code runs. */
'use strict';
const { accessSync, constants, mkdirSync } = require('fs');
const { tmpdir } = require('os');

try {
  mkdirSync(tmpdir(), { recursive: true });
  accessSync(tmpdir(), constants.W_OK | constants.X_OK);
} catch (error) {
  console.error(`error: cannot write to the temporary folder (TMPDIR): ${error.message}`);
  process.exit(1);
}
