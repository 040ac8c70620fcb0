import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import type { Environment } from '../../constructs/environment/environment';
import {
  InvalidEnvironments,
  SCHEMA_FILE,
  environmentNames,
  environmentPath,
  readEnvironment,
} from '../../constructs/environment/environment-files';
import { readContent } from '../../constructs/environment/read-content';
import { type Problem, problem, problemsOfName } from '../../constructs/environment/problems';
import { decodeUtf8 } from '../../constructs/environment/read-text';
import { writeWhole } from '../../constructs/write-file';
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
    // A link that leads nowhere is not a new file.
    if (!lstatSync(this.path, { throwIfNoEntry: false })) return { $schema: `./${SCHEMA_FILE}` };
    const { content, problems } = readContent(this.path);
    // Whoever writes the file without one of two values decides which is lost.
    if (problems.length > 0) throw invalid(problems, this.path);
    if (!isObject(content)) throw invalid([problem('', 'must be an object', content)], this.path);
    return content;
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

  /**
   * Keeps the line ends of the file.
   * @returns whether the file changed
   */
  async write(json: EnvironmentJson): Promise<boolean> {
    const before = existsSync(this.path) ? decodeUtf8(readFileSync(this.path)) : undefined;
    const text = await formatLikePrettier(json, this.path, before?.includes('\r\n') ? 'crlf' : 'lf');
    if (before === text) return false;
    writeWhole(this.path, text);
    return true;
  }
}

function invalid(problems: readonly Problem[], path?: string): InvalidEnvironments {
  const lines = problems.map(({ text }) => (path === undefined ? text : `${path}: ${text}`));
  return new InvalidEnvironments(lines.join('\n'));
}

/** One field a line, as `npm run format` leaves it. */
async function formatLikePrettier(
  json: EnvironmentJson,
  path: string,
  endOfLine: 'crlf' | 'lf',
): Promise<string> {
  const fields = Object.entries(json).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return format(`{\n${fields.join(',\n')}\n}`, {
    ...(await resolveConfig(path)),
    filepath: path,
    endOfLine,
  });
}
