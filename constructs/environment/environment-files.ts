import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { conflictsWith } from './conflicts';
import type { Environment } from './environment';
import { InvalidJson, parseJson } from './parse-json';
import { type Problem, problemsOfName, validateEnvironment } from './problems';

/** Editors complete environment files with it; it lies beside them. */
export const SCHEMA_FILE = 'schema.json';

/** Environment files are not valid; the message has one line for each problem. */
export class InvalidEnvironments extends Error {
  override readonly name = 'InvalidEnvironments';
}

/**
 * The names of the environments in a folder; none if it does not exist. Folders are ignored, and hidden files, such as the
 * lock of an editor.
 */
export function environmentNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((file) => file.endsWith('.json') && file !== SCHEMA_FILE)
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/**
 * Reads every environment of a folder, by name.
 * @throws {@link InvalidEnvironments} with every problem of every file
 */
export function readEnvironments(folder: string): Map<string, Environment> {
  const environments = new Map<string, Environment>();
  const problems: string[] = [];
  for (const name of environmentNames(folder)) {
    const path = environmentPath(folder, name);
    const read = readEnvironment(path);
    const found = [...problemsOfName(name), ...('problems' in read ? read.problems : [])];
    if ('environment' in read) {
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
  const read = readContent(path);
  return 'problems' in read ? read : validateEnvironment(read.content);
}

type Content = { readonly content: unknown } | { readonly problems: readonly Problem[] };

/** What a file says, whether it is valid or not. */
export function readContent(path: string): Content {
  try {
    return { content: parseJson(readFileSync(path, 'utf8')) };
  } catch (error) {
    if (!(error instanceof InvalidJson)) throw error;
    return { problems: [{ field: '', text: `the file is not JSON: ${error.message}` }] };
  }
}
