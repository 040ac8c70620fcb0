/** Shows that no test reads the user's own environments: `npm run test:foreign`. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { projectRoot } from '../support/project-root';
import { type ForeignEnvironment, foreignEnvironments } from './environments';
import { mayRead } from './may-read';

/** A command in the copy failed, and has said why. */
class Failed extends Error {
  constructor(readonly exitCode: number) {
    super();
  }
}

const tests = new Command('npm run test:foreign --')
  .description(
    'Runs the unit tests that can read environments, in a copy of this checkout with three environments of other users.',
  )
  .argument('[names...]', 'tests to run, and flags of Jest; without, those that can read environments')
  .allowUnknownOption()
  .addHelpText('after', '\nExit code: that of the first command in the copy that fails; 130 for Ctrl-C.')
  .parse().args;

// Ctrl-C ends the command that runs in the copy; this one goes on and removes the copy.
process.on('SIGINT', () => undefined);

const copy = mkdtempSync(join(tmpdir(), 'iam-credential-reports-foreign-'));
try {
  step('Copying the checkout');
  copyCheckout();
  removeEnvironments();
  for (const environment of foreignEnvironments) configure(environment);
  step('Renewing golden/');
  npm('run', '--silent', 'golden');
  step('Running the unit tests');
  npm('test', '--', ...(tests.length > 0 ? tests : ['--findRelatedTests', ...filesThatMayRead()]));
  step('Green with the environments of other users');
} catch (error) {
  if (!(error instanceof Failed)) throw error;
  process.exitCode = error.exitCode;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function step(text: string): void {
  console.log(`\n${text}`);
}

/** What Git has or would add, as it is now. */
function filesOfCheckout(): string[] {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', list, { cwd: projectRoot, encoding: 'utf8' }).split('\0');
  // A file that was deleted and not yet committed is listed too.
  return files.filter((file) => file !== '' && existsSync(join(projectRoot, file)));
}

function copyCheckout(): void {
  for (const file of filesOfCheckout()) cpSync(join(projectRoot, file), join(copy, file));
  symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'), 'junction');
}

function filesThatMayRead(): string[] {
  const code = filesOfCheckout().filter((file) => file.endsWith('.ts'));
  return code.filter((file) => mayRead(readFileSync(join(projectRoot, file), 'utf8')));
}

function removeEnvironments(): void {
  const folder = join(copy, 'environments');
  for (const file of readdirSync(folder)) {
    if (file !== 'schema.json') rmSync(join(folder, file));
  }
}

function configure({ name, flags, byHand }: ForeignEnvironment): void {
  step(`Configuring ${name}`);
  const options = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
  npm('run', '--silent', 'configure', '--', name, '--yes', '--no-look-up', ...options);
  const file = join(copy, 'environments', `${name}.json`);
  const written = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...written, ...byHand }, null, 2));
}

/** Runs npm in the copy. */
function npm(...options: string[]): void {
  const { status, signal, error } = spawnSync('npm', options, { cwd: copy, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Failed(signal === 'SIGINT' ? 130 : (status ?? 1));
}
