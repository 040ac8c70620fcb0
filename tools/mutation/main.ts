/** Mutation tests of the files that are named, or of the pure core. */
import { Command } from 'commander';
import { type FileScore, fileScores } from './score';
import { InvalidSelection, selectedFiles } from './selection';

const command = new Command('npm run test:mutation --')
  .description(
    'Changes the code of handlers in small ways and runs the tests of the same folder below __tests__/, which must fail.',
  )
  .argument('[paths...]', 'files or folders below handlers/', 'the pure core')
  .option('--force', 'measure again what has not changed since the last run')
  .helpOption('-h, --help', 'show this help')
  .addHelpText(
    'after',
    '\nExit code: 0 when every file reaches 90 %; 1 when one does not; 2 for wrong usage.',
  )
  .showHelpAfterError('See npm run test:mutation -- --help')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();

main(command.args, command.opts<{ force?: true }>()).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof InvalidSelection) command.error(error.message);
    console.error(error);
    process.exitCode = 1;
  },
);

async function main(paths: string[], { force = false }: { force?: boolean }): Promise<number> {
  const folders = selectedFiles(paths);
  // Stryker is an ES module.
  const { Stryker } = await import('@stryker-mutator/core');
  const scores: FileScore[] = [];
  for (const [folder, files] of folders) {
    console.log(`${folder}: ${files.length} files`);
    const results = await new Stryker({
      configFile: 'tools/mutation/stryker.config.mjs',
      mutate: files,
      // Results of other files that are kept there come back too.
      incrementalFile: `reports/mutation/${folder.replaceAll('/', '-')}.json`,
      force,
      jest: { config: { testMatch: [`<rootDir>/__tests__/${folder}/*.test.ts`] } },
    }).runMutationTest();
    scores.push(...fileScores(files, results));
  }
  for (const { lines } of scores) console.log(lines.join('\n'));
  return scores.every(({ reached }) => reached) ? 0 : 1;
}
