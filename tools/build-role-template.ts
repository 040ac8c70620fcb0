/** Writes the report role as an AWS CloudFormation template with parameters: `npm run build:role-template [-- FILE]`. */
import { dirname, join } from 'node:path';
import { parameterizedTemplate } from '../constructs/report-role/report-role-parameters';
import { makeFolder, writeWhole } from '../constructs/write-file';
import { commandLine, filePath } from '../local/command-line';
import { problemsOfFile } from '../local/output-folder';
import { runCommand } from '../local/run-command';

const {
  args: [file = join('dist', 'report-role.template.json')],
} = commandLine({
  script: 'build:role-template',
  description:
    'Writes the report role as an AWS CloudFormation template that an account factory or a StackSet of your own can deploy.',
  exitCodes: '0: the template was written; 1: it could not be written',
})
  .argument('[file]', 'file to write (default: dist/report-role.template.json)', filePath)
  .check((_options, [target]) => (target === undefined ? [] : problemsOfFile(target, 'file')))
  .parse();

runCommand(() => {
  makeFolder(dirname(file));
  writeWhole(file, `${JSON.stringify(parameterizedTemplate(), null, 2)}\n`);
  console.log(
    `Wrote ${file}; its parameters CollectorRoleArn and OrganizationId have no default. Deploy it with CAPABILITY_NAMED_IAM`,
  );
});
