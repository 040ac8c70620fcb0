/** Writes the Terraform module: `npm run build:module [-- FOLDER]`. */
import { join } from 'node:path';
import { commandLine, folderPath } from '../../local/command-line';
import { runCommand } from '../../local/run-command';
import { problemsOfTarget, writeFolder } from '../support/write-folder';
import { moduleFiles } from './module-files';

const DEFAULT = join('dist', 'terraform-aws-iam-credential-reports');
const {
  args: [folder = DEFAULT],
} = commandLine({
  script: 'build:module',
  description:
    'Writes the collection as a Terraform module, with the functions as zips. It is made of the same constructs.',
  exitCodes: '0: the module was written; 1: it could not be written',
})
  .argument('[folder]', `folder to write to, new or empty (default: ${DEFAULT}, whatever it has)`, folderPath)
  .check((_options, [target]) => (target === undefined ? [] : problemsOfTarget(target)))
  .parse();

runCommand(() => {
  const files = moduleFiles();
  const bytes = writeFolder(folder, files);
  console.log(`Wrote ${files.size} files, ${bytes} bytes, to ${folder}`);
});
