import { exec, execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';

/** What differs between two machines and must not show in what they build. */
export interface Machine {
  /** Folder of the clone; it must not exist. */
  readonly path: string;
  readonly umask: number;
  /** Such as `TZ`. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A clone of the project, as on a machine of its own. */
export class Clone {
  constructor(private readonly machine: Machine) {}

  get path(): string {
    return this.machine.path;
  }

  /** Clones a commit of a local repository. */
  async make(repository: string, commit: string): Promise<void> {
    const parent = dirname(this.path);
    mkdirSync(parent, { recursive: true });
    await this.git(['clone', '--quiet', '--no-checkout', repository, this.path], parent);
    await this.git(['checkout', '--quiet', '--detach', commit], this.path);
  }

  /**
   * @param command - of npm, such as `ci`
   * @param folder - relative to the clone
   * @returns what npm printed
   * @throws with what npm wrote to standard error, if it fails
   */
  async npm(command: string, folder = '.'): Promise<string> {
    const cwd = resolve(this.path, folder);
    // In a shell, because npm is a script on Windows.
    const { stdout } = await this.start(() => promisify(exec)(`npm ${command}`, this.options(cwd)));
    return stdout;
  }

  private async git(options: readonly string[], cwd: string): Promise<void> {
    await this.start(() => promisify(execFile)('git', options, this.options(cwd)));
  }

  private options(cwd: string) {
    const env = { ...process.env, ...this.machine.variables };
    return { cwd, env, maxBuffer: 64 * 2 ** 20 };
  }

  /** A process gets the umask of the process that starts it. */
  private start<Started>(start: () => Started): Started {
    const before = process.umask(this.machine.umask);
    try {
      return start();
    } finally {
      process.umask(before);
    }
  }
}
