import { join, relative } from 'node:path';
import { App } from 'cdktf';
import { CredentialReportStack } from './constructs/credential-report-stack';
import { InvalidEnvironments, readEnvironments } from './constructs/environment/environment-files';
import { ReportRoleModule } from './constructs/report-role/report-role-module';

try {
  const app = new App();
  for (const [name, environment] of readEnvironments(join(relative('', __dirname), 'environments'))) {
    new CredentialReportStack(app, name, environment);
  }
  new ReportRoleModule(app, 'report-role');
  app.synth();
} catch (error) {
  if (!(error instanceof InvalidEnvironments)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
