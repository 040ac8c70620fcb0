import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { CredentialReportStack } from '../../constructs/credential-report-stack';
import { readEnvironments } from '../../constructs/environment/environment-files';
import { ReportRoleModule } from '../../constructs/report-role/report-role-module';
import { TemporaryFolder } from '../../local/temporary-folder';
import type { GeneratedFiles } from '../support/generated-files';
import { normalize } from './normalize';

/** Folders of environments: those that are deployed, and examples. */
const SOURCES = ['environments', 'examples'];

/** Where the reviewed copies are. */
const GOLDEN_FOLDER = 'golden';

/**
 * The reviewed copy of every stack of a project. They end in `.json`, since scanners read `.tf.json` as infrastructure.
 * @param root - folder that has `environments/` and perhaps `examples/`
 */
export function goldenFiles(root: string): GeneratedFiles {
  const files = [...synthesizedStacks(root)].map(([stack, text]): [string, string] => [
    `${GOLDEN_FOLDER}/${stack}.json`,
    normalize(text),
  ]);
  return { files: new Map(files), folder: GOLDEN_FOLDER };
}

/** Text of the `cdk.tf.json` of every environment, of every example, and of the report role module. */
export function synthesizedStacks(root: string): Map<string, string> {
  const folder = new TemporaryFolder('golden');
  try {
    const stacks = new Map<string, string>();
    for (const source of SOURCES.filter((name) => existsSync(join(root, name)))) {
      const outdir = join(folder.path, source);
      for (const stack of synthesize(join(root, source), outdir, source === SOURCES[0])) {
        if (stacks.has(stack)) throw new Error(`${stack} is in ${SOURCES.join(' and in ')}; rename one of them`);
        stacks.set(stack, readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8'));
      }
    }
    return stacks;
  } finally {
    folder.remove();
  }
}

/**
 * @param withModule - also synthesizes the report role module, which is the same for all environments
 * @returns the names of the stacks
 */
function synthesize(folder: string, outdir: string, withModule: boolean): string[] {
  const app = new App({ outdir });
  const environments = readEnvironments(folder);
  for (const [name, environment] of environments) new CredentialReportStack(app, name, environment);
  const modules = withModule ? [new ReportRoleModule(app, 'report-role').node.id] : [];
  app.synth();
  return [...environments.keys(), ...modules];
}
