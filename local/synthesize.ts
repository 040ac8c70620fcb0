import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const projectRoot = resolve(__dirname, '..');

/** The output of a synthesis; whoever made it removes it. */
export class Synthesis {
  private constructor(private readonly folder: string) {}

  /**
   * Synthesizes every environment, as `npm run synth` does, into a folder of its own.
   * @throws what `main.ts` said, when it refused
   */
  static async make(): Promise<Synthesis> {
    const folder = mkdtempSync(join(tmpdir(), 'iam-credential-reports-synth-'));
    try {
      await promisify(execFile)(process.execPath, ['--import', 'tsx', 'main.ts'], {
        cwd: projectRoot,
        env: { ...process.env, CDKTF_OUTDIR: folder },
      });
    } catch (error) {
      rmSync(folder, { recursive: true });
      throw new Error((error as { stderr: string }).stderr.trim(), { cause: error });
    }
    return new Synthesis(folder);
  }

  /** Names of the environments. */
  get environments(): string[] {
    return readdirSync(join(this.folder, 'stacks'))
      .filter((stack) => stack !== 'report-role')
      .sort();
  }

  /** Path of the `cdk.tf.json` of an environment, or of the module `report-role`. */
  fileOf(stack: string): string {
    return join(this.folder, 'stacks', stack, 'cdk.tf.json');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
