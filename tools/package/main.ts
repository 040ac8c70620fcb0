/** Writes the npm package, ready for `npm pack`: `npm run build:package [-- FOLDER]`. */
import { join } from 'node:path';
import { commandLine, folderPath } from '../../local/command-line';
import { runCommand } from '../../local/run-command';
import { problemsOfTarget, writeFolder } from '../support/write-folder';
import { packageFiles } from './package-files';

const DEFAULT = join('dist', 'package');
const {
  args: [folder = DEFAULT],
} = commandLine({
  script: 'build:package',
  description: 'Writes the npm package: the constructs with their types, and the functions as zips.',
  exitCodes: '0: the package was written; 1: it could not be written',
})
  .argument(
    '[folder]',
    `folder to write to, new or empty (default: ${DEFAULT}, which is overwritten)`,
    folderPath,
  )
  .check((_options, [target]) => (target === undefined ? [] : problemsOfTarget(target)))
  .parse();

runCommand(async () => {
  const files = await packageFiles();
  const bytes = writeFolder(folder, files);
  console.log(
    `Wrote ${files.size} files, ${bytes} bytes, to ${folder}; npm pack ./${folder} --pack-destination dist makes the archive`,
  );
});
