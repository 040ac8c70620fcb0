import { accessSync, constants, lstatSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isSystemError, reasonOf } from '../constructs/error-text';
import { makeFolder, writeWhole } from '../constructs/write-file';

const projectRoot = resolve(__dirname, '..');

/** The folder for reports without `--out`; `.gitignore` of the project has it. */
export const DEFAULT_FOLDER = 'local-run';

/** The folder for what `npm run report` fetches; `.gitignore` of the project has it too. */
export const REPORT_FOLDER = 'reports';

const IGNORE_FILE = '.gitignore';
const IGNORE_EVERYTHING = '# Credential reports do not belong in a repository.\n*\n';

/**
 * Why files cannot be written to a folder, which may not exist yet.
 * @param name - of the option or argument, for the message
 */
export function problemsOfFolder(path: string, name: string): string[] {
  const existing = nearestExisting(resolve(path));
  try {
    if (!lstatSync(realpathSync(existing)).isDirectory())
      return [`${name} must be a folder, but ${existing} is a file`];
    accessSync(existing, constants.W_OK | constants.X_OK);
    return [];
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return [`${name} must be a folder that can be written, but ${existing} cannot: ${reasonOf(error)}`];
  }
}

/** Why a file cannot be written; neither it nor its folder need exist. */
export function problemsOfFile(path: string, name: string): string[] {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory()
    ? [`${name} must be a file, but ${path} is a folder`]
    : problemsOfFolder(dirname(path), `the folder of ${name}`);
}

/** Also why credential reports should not lie there: among sources, or where Git would offer to commit them. */
export function problemsOfReportFolder(path: string, name: string): string[] {
  const problems = problemsOfFolder(path, name);
  if (problems.length > 0) return problems;
  const existing = nearestExisting(resolve(path));
  const folder = join(realpathSync(existing), relative(existing, resolve(path)));
  const project = realpathSync(projectRoot);
  if (isWithin(project, folder))
    return [
      `${name} must be a folder for reports only, but ${folder} has this project; use a folder such as ${DEFAULT_FOLDER}`,
    ];
  const isIgnored = [DEFAULT_FOLDER, REPORT_FOLDER].some((name) => isWithin(folder, join(project, name)));
  if (!isWithin(folder, project) || isIgnored || isEmpty(folder)) return [];
  return isIgnoredByItself(folder)
    ? []
    : [
        `${name} must be a new or empty folder if it is in this project, but ${folder} has other files; use a folder such as ${DEFAULT_FOLDER}`,
      ];
}

/** The path, or the first folder above it that exists. */
function nearestExisting(path: string): string {
  return isPresent(path) ? path : nearestExisting(dirname(path));
}

/** Also for a link that leads nowhere. Nothing is present below a file. */
function isPresent(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

const isWithin = (inner: string, outer: string) =>
  `${inner}${sep}`.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);

const isEmpty = (path: string) => !isPresent(path) || readdirSync(path).length === 0;

function isIgnoredByItself(folder: string): boolean {
  const file = join(folder, IGNORE_FILE);
  return isPresent(file) && readFileSync(file, 'utf8') === IGNORE_EVERYTHING;
}

/**
 * Creates the folder for reports, and those above it, so that only their owner can read them. Git ignores everything in a
 * folder that was new or empty.
 */
export function makeReportFolder(path: string): void {
  makeFolder(path, 0o700);
  if (isEmpty(path)) writeWhole(join(path, IGNORE_FILE), IGNORE_EVERYTHING);
}
