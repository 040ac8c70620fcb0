/** Writes the npm package, ready for `npm pack`: `npm run build:package [-- FOLDER]`. */
import { join } from 'node:path';
import { runCommand } from '../../local/run-command';
import { targetFolder } from '../support/target-folder';
import { writeFolder } from '../support/write-folder';
import { packageFiles } from './package-files';

const folder = targetFolder({
  script: 'build:package',
  description: 'Writes the npm package: the constructs with their types, and the functions as zips.',
  exitCodes: '0: the package was written; 1: it could not be written',
  folder: join('dist', 'package'),
});

runCommand(async () => {
  const files = await packageFiles();
  const bytes = writeFolder(folder, files);
  console.log(
    `Wrote ${files.size} files, ${bytes} bytes, to ${folder}; npm pack ./${folder} --pack-destination dist makes the archive`,
  );
});
