import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { InvalidInput, isSystemError, reasonOf } from '../error-text';
import { conflictsWith } from './conflicts';
import type { Environment } from './environment';
import { InvalidJson, duplicateFields, linesText, parseJson } from './parse-json';
import { type Problem, problemsOfName, validateEnvironment } from './problems';
import { NotUtf8, decodeUtf8 } from './read-text';

/** Editors complete environment files with it; it lies beside them. */
export const SCHEMA_FILE = 'schema.json';

/** Environment files are not valid; the message has one line for each problem. */
export class InvalidEnvironments extends InvalidInput {
  override readonly name = 'InvalidEnvironments';
}

/**
 * The names of the environments in a folder; none if it does not exist. Folders are ignored, and hidden files, such as the
 * lock of an editor.
 */
export const environmentNames = (folder: string) =>
  environmentFiles(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));

/** Also those whose extension is in capitals, which must not be ignored in silence. */
function environmentFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((file) => extname(file).toLowerCase() === '.json' && file !== SCHEMA_FILE)
    .sort();
}

/**
 * Reads every environment of a folder, by name.
 * @throws {@link InvalidEnvironments} with every problem of every file
 */
export function readEnvironments(folder: string): Map<string, Environment> {
  const environments = new Map<string, Environment>();
  const problems = environmentFiles(folder)
    .filter((file) => !file.endsWith('.json'))
    .map((file) => `${join(folder, file)}: the extension must be .json in lower case; rename the file`);
  for (const name of environmentNames(folder)) {
    const path = environmentPath(folder, name);
    const read = readEnvironment(path);
    const found = [...problemsOfName(name), ...('problems' in read ? read.problems : [])];
    // A file that cannot be an environment, such as a copy, conflicts with nothing.
    if ('environment' in read && found.length === 0) {
      found.push(...conflictsWith(environments, name, read.environment));
      environments.set(name, read.environment);
    }
    problems.push(...found.map(({ text }) => `${path}: ${text}`));
  }
  if (problems.length === 0 && environments.size === 0)
    problems.push(`${folder} has no environment; write one with \`npm run configure -- NAME\``);
  if (problems.length > 0) throw new InvalidEnvironments(problems.join('\n'));
  return environments;
}

/** The file of an environment. */
export const environmentPath = (folder: string, name: string) => join(folder, `${name}.json`);

/** The environment that a file describes, or everything that is wrong with it. */
export function readEnvironment(path: string): ReturnType<typeof validateEnvironment> {
  const { content, problems } = readContent(path);
  if (content === undefined) return { problems };
  const validated = validateEnvironment(content);
  if (problems.length === 0) return validated;
  return { problems: [...problems, ...('problems' in validated ? validated.problems : [])] };
}

interface Content {
  /** What the file says, whether it is valid or not; `undefined` if it cannot be read. */
  readonly content?: unknown;
  /** Why it cannot be read, or which fields it has more than once. */
  readonly problems: readonly Problem[];
}

export function readContent(path: string): Content {
  try {
    // Reading another kind of file, such as a named pipe, might wait forever.
    if (!statSync(path).isFile()) return unreadable('the file is not a regular file');
    const text = decodeUtf8(readFileSync(path));
    return { content: parseJson(text), problems: duplicateFields(text).map(asProblem) };
  } catch (error) {
    if (error instanceof InvalidJson) return unreadable(`the file is not JSON: ${error.message}`);
    if (error instanceof NotUtf8) return unreadable(`the file cannot be read: ${error.message}`);
    if (isSystemError(error)) return unreadable(`the file cannot be read: ${reasonOf(error)}`);
    throw error;
  }
}

const unreadable = (text: string): Content => ({ problems: [{ field: '', text }] });

const asProblem = ({ field, lines }: ReturnType<typeof duplicateFields>[number]): Problem => ({
  field,
  text: `${field} is given ${lines.length} times (${linesText(lines)}); keep one`,
});
