import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { InvalidInput } from '../constructs/error-text';
import { TemporaryFolder } from './temporary-folder';
import { typescriptOptions } from './typescript';

const projectRoot = resolve(__dirname, '..');

export interface SynthesisOptions {
  /**
   * Folder of the project to synthesize.
   * @default - this project
   */
  project?: string;
  /** Ends the synthesis. */
  signal?: AbortSignal;
}

/** The output of a synthesis. The caller removes it. */
export class Synthesis {
  private constructor(private readonly folder: TemporaryFolder) {}

  /**
   * Synthesizes every environment, as `npm run synth` does, into a folder of its own.
   * @throws the message of `main.ts` if the synthesis fails
   */
  static async make({ project = projectRoot, signal }: SynthesisOptions = {}): Promise<Synthesis> {
    const folder = new TemporaryFolder('synth');
    const temporary = join(folder.path, 'temporary');
    mkdirSync(temporary);
    const synthesis = promisify(execFile)(process.execPath, [...typescriptOptions, 'main.ts'], {
      cwd: project,
      // A process that is killed cannot remove its temporary files: they are removed with the folder.
      env: { ...process.env, CDKTF_OUTDIR: folder.path, TMPDIR: temporary, TEMP: temporary },
      killSignal: 'SIGKILL',
      signal,
    });
    try {
      await synthesis;
    } catch (error) {
      const { child } = synthesis;
      // What was just killed may still write.
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
      folder.remove();
      signal?.throwIfAborted();
      throw new InvalidInput((error as { stderr: string }).stderr.trim(), { cause: error });
    }
    return new Synthesis(folder);
  }

  /** Names of the environments. */
  get environments(): string[] {
    return readdirSync(join(this.folder.path, 'stacks'))
      .filter((stack) => stack !== 'report-role')
      .sort();
  }

  /** Path of the `cdk.tf.json` of an environment, or of the module `report-role`. */
  fileOf(stack: string): string {
    return join(this.folder.path, 'stacks', stack, 'cdk.tf.json');
  }

  remove(): void {
    this.folder.remove();
  }
}
