import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Environment } from '../../constructs/environment/environment';
import {
  type Problem,
  SCHEMA_FILE,
  checkEnvironment,
  problemsOfName,
  readContent,
} from '../../constructs/environment/environment-files';
import { type Draft, isObject } from './draft';
import { Refused } from './answered';

/** The file of one environment, beside those of the others. */
export class EnvironmentFile {
  readonly path: string;

  /**
   * @param folder - of all environments
   * @throws {@link Refused} if it cannot have that name
   */
  constructor(
    private readonly folder: string,
    readonly name: string,
  ) {
    const problems = problemsOfName(name);
    if (problems.length > 0) throw new Refused(problems.map(({ text }) => text).join('\n'));
    this.path = join(folder, `${name}.json`);
  }

  /** What it says; a new file begins with its schema, by which editors complete it. */
  read(): Draft {
    if (!existsSync(this.path)) return { $schema: `./${SCHEMA_FILE}` };
    const read = readContent(this.path);
    if ('content' in read && isObject(read.content)) return read.content;
    const { problems } = 'problems' in read ? read : { problems: problemsIn(read.content) };
    throw new Refused(problems.map(({ text }) => `${this.path}: ${text}`).join('\n'));
  }

  /** The other environments, as far as they are valid. */
  others(): Map<string, Environment> {
    const names = readdirSync(this.folder)
      .filter((file) => file.endsWith('.json') && file !== SCHEMA_FILE)
      .map((file) => file.slice(0, -'.json'.length))
      .filter((name) => name !== this.name);
    return new Map(
      names.flatMap((name): [string, Environment][] => {
        const read = readContent(join(this.folder, `${name}.json`));
        const checked = 'content' in read ? checkEnvironment(read.content) : read;
        return 'environment' in checked ? [[name, checked.environment]] : [];
      }),
    );
  }

  /** @returns whether the file changed */
  async write(draft: Draft): Promise<boolean> {
    const text = await formatted(draft, this.path);
    if (existsSync(this.path) && readFileSync(this.path, 'utf8') === text) return false;
    writeFileSync(this.path, text);
    return true;
  }
}

function problemsIn(content: unknown): Problem[] {
  const checked = checkEnvironment(content);
  return 'problems' in checked ? checked.problems : [];
}

/** A field a line, as prettier leaves it. */
async function formatted(draft: Draft, path: string): Promise<string> {
  const fields = Object.entries(draft).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return format(`{\n${fields.join(',\n')}\n}`, { ...(await resolveConfig(path)), filepath: path });
}
