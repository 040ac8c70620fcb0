import { existsSync, readdirSync } from 'node:fs';
import { dirname, extname, isAbsolute, join } from 'node:path';
import { InvalidInput } from '../error-text';
import { conflictsWith } from './conflicts';
import type { Environment } from './environment';
import { readExemptionsFile } from './exemptions-file';
import { type Problem, problemsOfName, validateEnvironment } from './problems';
import { readContent } from './read-content';

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
    problems.push(
      `${folder} has no environment; write NAME.json, which may be {}. In a clone, \`npm run configure -- NAME\` asks for what it says`,
    );
  if (problems.length > 0) throw new InvalidEnvironments(problems.join('\n'));
  return environments;
}

/** The file of an environment. */
export const environmentPath = (folder: string, name: string) => join(folder, `${name}.json`);

/** The environment that a file describes, or everything that is wrong with it and with the file of its exemptions. */
export function readEnvironment(path: string): ReturnType<typeof validateEnvironment> {
  const { content, problems } = readContent(path);
  if (content === undefined) return { problems };
  const validated = validateEnvironment(content);
  const found = [...problems, ...('problems' in validated ? validated.problems : [])];
  if (!('environment' in validated))
    return { problems: [...found, ...problemsOfExemptions(content, path, found)] };
  const environment = withPaths(validated.environment, path);
  const read = readExemptionsFile(environment.checks, environment.owners);
  if ('problems' in read) found.push(...read.problems);
  return found.length > 0 ? { problems: found } : { environment };
}

/** The paths of an environment file start in its folder. */
function withPaths({ checks, ...environment }: Environment, path: string): Environment {
  const { exemptionsFile, ...others } = checks;
  if (exemptionsFile === undefined) return { ...environment, checks };
  return { ...environment, checks: { ...others, exemptionsFile: pathFrom(path, exemptionsFile) } };
}

const pathFrom = (environmentFile: string, path: string) =>
  isAbsolute(path) ? path : join(dirname(environmentFile), path);

/** Those of the exemptions file that an environment file names, although something else in it is not valid. */
function problemsOfExemptions(content: unknown, path: string, found: readonly Problem[]): readonly Problem[] {
  const { checks, owners } = (content ?? {}) as {
    checks?: { exemptionsFile?: unknown } | null;
    owners?: object | null;
  };
  const named = checks?.exemptionsFile;
  if (typeof named !== 'string' || found.some(({ field }) => field === 'checks.exemptionsFile')) return [];
  const read = readExemptionsFile({ exemptionsFile: pathFrom(path, named), exemptions: [] }, owners);
  return 'problems' in read ? read.problems : [];
}
