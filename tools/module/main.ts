/** Writes the Terraform module: `npm run build:module [-- FOLDER]`. */
import { runCommand } from '../../local/run-command';
import { targetFolder } from '../support/target-folder';
import { writeFolder } from '../support/write-folder';
import { MODULE_FOLDER } from './module-folder';
import { moduleFiles } from './module-files';

const folder = targetFolder({
  script: 'build:module',
  description:
    'Writes the collection as a Terraform module, with the functions as zips. Generated from the same constructs, in about two minutes.',
  exitCodes: '0: the module was written; 1: it could not be written',
  folder: MODULE_FOLDER,
});

runCommand(() => {
  const files = moduleFiles();
  const bytes = writeFolder(folder, files);
  console.log(`Wrote ${files.size} files, ${bytes} bytes, to ${folder}`);
});
