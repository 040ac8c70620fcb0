import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { TemporaryFolder } from './temporary-folder';

const projectRoot = resolve(__dirname, '..');

/** The output of a synthesis; whoever made it removes it. */
export class Synthesis {
  private constructor(private readonly folder: TemporaryFolder) {}

  /**
   * Synthesizes every environment, as `npm run synth` does, into a folder of its own.
   * @param project - folder of the project to synthesize
   * @throws the message of `main.ts`, when it fails
   */
  static async make(project = projectRoot): Promise<Synthesis> {
    const folder = new TemporaryFolder('synth');
    try {
      await promisify(execFile)(process.execPath, ['--import', 'tsx', 'main.ts'], {
        cwd: project,
        env: { ...process.env, CDKTF_OUTDIR: folder.path },
      });
    } catch (error) {
      folder.remove();
      throw new Error((error as { stderr: string }).stderr.trim(), { cause: error });
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
