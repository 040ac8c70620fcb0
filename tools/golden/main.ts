/**
 * Writes what every environment and example synthesizes to `golden/`, so that a review shows the change of the
 * infrastructure: `npm run golden`. A test compares.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidEnvironments } from '../../constructs/environment/environment-files';
import { GOLDEN_FOLDER, committedGoldens, synthesizedGoldens } from './stacks';

try {
  const before = committedGoldens();
  const now = synthesizedGoldens();
  mkdirSync(GOLDEN_FOLDER, { recursive: true });
  for (const [file, content] of now) {
    if (before.get(file) === content) continue;
    writeFileSync(join(GOLDEN_FOLDER, file), content);
    console.log(`${before.has(file) ? 'Changed' : 'New'}: golden/${file}`);
  }
  for (const file of before.keys()) {
    if (now.has(file)) continue;
    rmSync(join(GOLDEN_FOLDER, file));
    console.log(`Removed: golden/${file}`);
  }
  console.log(`golden/ has ${now.size} stacks as they are synthesized now`);
} catch (error) {
  if (!(error instanceof InvalidEnvironments)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
