import { join, relative, resolve } from 'node:path';
import { App } from 'cdktf';
import { CredentialReportStack } from './constructs/credential-report-stack';
import { readEnvironments } from './constructs/environment/environment-files';
import { copyLockFiles } from './constructs/environment/lock-files';
import { warningsOf } from './constructs/environment/warnings';
import { errorText } from './constructs/error-text';
import { ReportRoleModule } from './constructs/report-role/report-role-module';

const [argument] = process.argv.slice(2);
if (argument !== undefined) {
  console.error(
    `error: npm run synth takes no arguments; got ${argument}. It synthesizes every environment in environments/ to cdktf.out`,
  );
  process.exit(2);
}

const { CDKTF_OUTDIR = '' } = process.env;
// An empty variable counts as not set.
const outdir = resolve(CDKTF_OUTDIR === '' ? join(__dirname, 'cdktf.out') : CDKTF_OUTDIR);
const shown = relative('', outdir);
// Local state lies in the working folder: it must be the same, wherever this is started.
process.chdir(__dirname);
try {
  const app = new App({ outdir });
  const environments = readEnvironments('environments');
  for (const [name, environment] of environments) {
    for (const warning of warningsOf(environment)) console.error(`warning: ${name}: ${warning}`);
    new CredentialReportStack(app, name, environment);
  }
  const roleModule = new ReportRoleModule(app, 'report-role');
  app.synth();
  const names = [...environments.keys()];
  for (const lock of copyLockFiles('environments', names, join(outdir, 'stacks')))
    console.error(`warning: ${lock} belongs to no environment; remove it, or rename it with its environment`);
  // The CLI of CDKTF runs this program, and standard output is left to it.
  const stacks = [...names, roleModule.node.id];
  console.error(`Synthesized ${stacks.join(', ')} to ${join(shown, 'stacks')}`);
} catch (error) {
  console.error(errorText(error, outdir));
  process.exitCode = 1;
}
