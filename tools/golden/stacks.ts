import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { CredentialReportStack } from '../../constructs/credential-report-stack';
import { readEnvironments } from '../../constructs/environment/environment-files';
import { ReportRoleModule } from '../../constructs/report-role/report-role-module';
import { TemporaryFolder } from '../../local/temporary-folder';
import { normalized } from './normalize';
import { projectRoot } from '../support/project-root';

/** Where the committed copies are. */
export const GOLDEN_FOLDER = join(projectRoot, 'golden');

/** Environments that are deployed, and examples that are only shown. */
const FOLDERS = ['environments', 'examples'];

/** The golden file of a stack, without its folder. */
const fileOf = (stack: string) => `${stack}.json`;

/** What the sources synthesize now, by the name of the golden file. */
export function synthesizedGoldens(): Map<string, string> {
  return new Map([...synthesizedStacks()].map(([stack, text]) => [fileOf(stack), normalized(text)]));
}

/** Text of the `cdk.tf.json` of every environment, of every example, and of the role module. */
export function synthesizedStacks(): Map<string, string> {
  const folder = new TemporaryFolder('golden');
  try {
    const stacks = new Map<string, string>();
    for (const source of FOLDERS) {
      const outdir = join(folder.path, source);
      for (const stack of synthesize(source, outdir)) {
        if (stacks.has(stack)) throw new Error(`two environments are called ${stack}: rename one`);
        stacks.set(stack, readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8'));
      }
    }
    return stacks;
  } finally {
    folder.remove();
  }
}

/** @returns the names of the stacks */
function synthesize(source: string, outdir: string): string[] {
  const app = new App({ outdir });
  const environments = readEnvironments(join(projectRoot, source));
  for (const [name, environment] of environments) new CredentialReportStack(app, name, environment);
  // The module is the same for all of them.
  const modules = source === FOLDERS[0] ? [new ReportRoleModule(app, 'report-role').node.id] : [];
  app.synth();
  return [...environments.keys(), ...modules];
}

/** The committed copies, by file name. */
export function committedGoldens(): Map<string, string> {
  if (!existsSync(GOLDEN_FOLDER)) return new Map();
  return new Map(
    readdirSync(GOLDEN_FOLDER)
      .sort()
      .map((file) => [file, readFileSync(join(GOLDEN_FOLDER, file), 'utf8')]),
  );
}
