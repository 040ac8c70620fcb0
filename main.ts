import { join, relative } from 'node:path';
import { App } from 'cdktf';
import { CredentialReportStack } from './constructs/credential-report-stack';
import { InvalidEnvironments, readEnvironments } from './constructs/environment/environment-files';
import { warningsOf } from './constructs/environment/warnings';
import { ReportRoleModule } from './constructs/report-role/report-role-module';

try {
  const app = new App();
  const environments = readEnvironments(join(relative('', __dirname), 'environments'));
  for (const [name, environment] of environments) {
    for (const warning of warningsOf(environment)) console.error(`warning: ${name}: ${warning}`);
    new CredentialReportStack(app, name, environment);
  }
  const roleModule = new ReportRoleModule(app, 'report-role');
  app.synth();
  // The CLI of CDKTF runs this program, and standard output is left to it.
  const stacks = [...environments.keys(), roleModule.node.id];
  console.error(`Synthesized ${stacks.join(', ')} to ${join(app.outdir, 'stacks')}`);
} catch (error) {
  if (!(error instanceof InvalidEnvironments)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
