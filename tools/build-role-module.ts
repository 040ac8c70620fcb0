/** Writes the report role as a Terraform module that other pipelines call: `npm run build:role-module [-- FOLDER]`. */
import { isAbsolute, join } from 'node:path';
import { makeFolder, writeWhole } from '../constructs/write-file';
import { commandLine, folderPath } from '../local/command-line';
import { problemsOfFolder } from '../local/output-folder';
import { runCommand } from '../local/run-command';
import { ROLE_MODULE_FILE, reportRoleJson } from './support/report-role-json';

const {
  args: [folder = join('dist', 'report-role')],
} = commandLine({
  script: 'build:role-module',
  description:
    'Writes the report role as a Terraform module that your own pipeline can deploy to every account.',
  exitCodes: '0: the module was written; 1: it could not be written',
})
  .argument('[folder]', 'folder to write to (default: dist/report-role)', folderPath)
  .check((_options, [target]) => (target === undefined ? [] : problemsOfFolder(target, 'folder')))
  .parse();

runCommand(() => {
  makeFolder(folder);
  const file = join(folder, ROLE_MODULE_FILE);
  writeWhole(file, reportRoleJson());
  const source = isAbsolute(folder) ? folder : `./${folder}`;
  console.log(`Wrote ${file}; use it as module "report_role" { source = "${source}" }`);
});
