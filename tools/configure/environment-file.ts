import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { Environment } from '../../constructs/environment/environment';
import {
  InvalidEnvironments,
  SCHEMA_FILE,
  environmentNames,
  environmentPath,
  readContent,
  readEnvironment,
} from '../../constructs/environment/environment-files';
import { type Problem, problem, problemsOfName } from '../../constructs/environment/problems';
import { type EnvironmentJson, isObject } from './environment-json';

/** The file of one environment, next to those of the others. */
export class EnvironmentFile {
  readonly path: string;

  /**
   * @param folder - folder of all environments
   * @throws {@link InvalidEnvironments} if no environment can have that name
   */
  constructor(
    private readonly folder: string,
    readonly name: string,
  ) {
    const problems = problemsOfName(name);
    if (problems.length > 0) throw invalid(problems);
    this.path = environmentPath(folder, name);
  }

  /**
   * The content of the file, or the start of a new file.
   * @throws {@link InvalidEnvironments} if it is not a JSON object
   */
  read(): EnvironmentJson {
    if (!existsSync(this.path)) return { $schema: `./${SCHEMA_FILE}` };
    const read = readContent(this.path);
    if ('problems' in read) throw invalid(read.problems, this.path);
    if (!isObject(read.content)) throw invalid([problem('', 'must be an object', read.content)], this.path);
    return read.content;
  }

  /** The other environments, as far as they are valid. */
  others(): Map<string, Environment> {
    const names = environmentNames(this.folder).filter((name) => name !== this.name);
    return new Map(
      names.flatMap((name): [string, Environment][] => {
        const read = readEnvironment(environmentPath(this.folder, name));
        return 'environment' in read ? [[name, read.environment]] : [];
      }),
    );
  }

  /** @returns whether the file changed */
  async write(json: EnvironmentJson): Promise<boolean> {
    const text = await formatLikePrettier(json, this.path);
    if (existsSync(this.path) && readFileSync(this.path, 'utf8') === text) return false;
    writeFileSync(this.path, text);
    return true;
  }
}

function invalid(problems: readonly Problem[], path?: string): InvalidEnvironments {
  const lines = problems.map(({ text }) => (path === undefined ? text : `${path}: ${text}`));
  return new InvalidEnvironments(lines.join('\n'));
}

/** One field a line, as `npm run format` leaves it. */
async function formatLikePrettier(json: EnvironmentJson, path: string): Promise<string> {
  const fields = Object.entries(json).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return format(`{\n${fields.join(',\n')}\n}`, { ...(await resolveConfig(path)), filepath: path });
}
