/** A project of somebody else, in a folder of its own, that installs the npm package from an archive. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../tools/support/project-root';

export const example = join(projectRoot, 'examples', 'cdktf-app');

/** The stack of the example that has the whole collection among its own resources. */
export const OWN_STACK = 'audit';

/** What the example reads from `environments/`. The exemptions become a part of the code of a function. */
export const environment = {
  alertEmails: ['security@example.com'],
  region: 'eu-central-1',
  checks: { exemptionsFile: 'exemptions/production.json' },
};

/** Writes `environments/` into a folder. */
export function writeEnvironment(folder: string): void {
  const environments = join(folder, 'environments');
  mkdirSync(environments, { recursive: true });
  writeFileSync(join(environments, 'production.json'), JSON.stringify(environment));
  const exemptions = join(projectRoot, 'examples', 'exemptions', 'large-organization.json');
  cpSync(exemptions, join(environments, environment.checks.exemptionsFile));
}

/** @returns the path of the archive that `npm pack` makes of the package */
export function packedPackage(folder: string): string {
  const written = join(folder, 'package');
  execFileSync('npm', ['run', '--silent', 'build:package', '--', written], {
    cwd: projectRoot,
    stdio: 'pipe',
  });
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  return join(folder, execFileSync('npm', pack, { cwd: written, encoding: 'utf8' }).trim());
}

export class App {
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** Copies a file of the example, changed. */
  copy(file: string, change: (text: string) => string = (text) => text): void {
    cpSync(join(example, file), join(this.folder, file));
    writeFileSync(join(this.folder, file), change(readFileSync(join(example, file), 'utf8')));
  }

  /** @returns what a program of the project prints */
  async run(program: string, ...options: string[]): Promise<string> {
    const local = join(this.folder, 'node_modules', '.bin');
    const env: NodeJS.ProcessEnv = { ...process.env, CHECKPOINT_DISABLE: '1', CI: '1' };
    env.PATH = `${local}:${process.env.PATH ?? ''}`;
    try {
      const { stdout } = await promisify(execFile)(program, options, {
        cwd: this.folder,
        env,
        maxBuffer: 2 ** 26,
      });
      return stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`${program} ${options.join(' ')} failed:\n${stdout}\n${stderr}`, { cause: error });
    }
  }

  async install(...packages: string[]): Promise<void> {
    await this.run(
      'npm',
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--save-exact',
      ...packages,
    );
  }

  /** Names of everything that is installed, by path. */
  async installed(): Promise<string[]> {
    const paths = (await this.run('npm', 'ls', '--all', '--parseable')).trim().split('\n');
    return paths.flatMap((path) => /.*node_modules\/(.+)$/.exec(path)?.[1] ?? []);
  }

  /** A stack that the project has synthesized. */
  stack(name: string): unknown {
    return JSON.parse(readFileSync(join(this.folder, 'cdktf.out', 'stacks', name, 'cdk.tf.json'), 'utf8'));
  }
}
