/** Writes the report role as a Terraform module that other pipelines call: `npm run build:role-module [-- FOLDER]`. */
import { isAbsolute, join } from 'node:path';
import { Testing } from 'cdktf';
import { ReportRoleModule } from '../constructs/report-role/report-role-module';
import { makeFolder, writeWhole } from '../constructs/write-file';
import { commandLine, folderPath } from '../local/command-line';
import { problemsOfFolder } from '../local/output-folder';
import { runCommand } from '../local/run-command';

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
  const file = join(folder, 'main.tf.json');
  const module = new ReportRoleModule(Testing.app({ stackTraces: false }), 'report-role');
  writeWhole(file, `${Testing.synth(module)}\n`);
  const source = isAbsolute(folder) ? folder : `./${folder}`;
  console.log(`Wrote ${file}; use it as module "report_role" { source = "${source}" }`);
});
