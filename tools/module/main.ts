/** Writes the Terraform module: `npm run build:module [-- FOLDER]`. */
import { commandLine, folderPath } from '../../local/command-line';
import { runCommand } from '../../local/run-command';
import { problemsOfTarget, writeFolder } from '../support/write-folder';
import { MODULE_FOLDER } from './module-folder';
import { moduleFiles } from './module-files';

const {
  args: [folder = MODULE_FOLDER],
} = commandLine({
  script: 'build:module',
  description:
    'Writes the collection as a Terraform module, with the functions as zips. Generated from the same constructs, in about two minutes.',
  exitCodes: '0: the module was written; 1: it could not be written',
})
  .argument(
    '[folder]',
    `folder to write to, new or empty (default: ${MODULE_FOLDER}, which is overwritten)`,
    folderPath,
  )
  .check((_options, [target]) => (target === undefined ? [] : problemsOfTarget(target)))
  .parse();

runCommand(() => {
  const files = moduleFiles();
  const bytes = writeFolder(folder, files);
  console.log(`Wrote ${files.size} files, ${bytes} bytes, to ${folder}`);
});
