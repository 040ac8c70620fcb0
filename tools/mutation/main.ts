/** Mutation tests of the files that are named, or of the pure core. */
import { commandLine } from '../../local/command-line';
import { runCommand } from '../../local/run-command';
import { type FileScore, LOWEST_SCORE, fileScores } from './score';
import { problemsOfSelection, selectedFiles } from './selection';

const command = commandLine({
  script: 'test:mutation',
  description:
    'Changes the code of the handlers in small ways, and runs the tests of the same folder below __tests__/, which must ' +
    'then fail.',
  exitCodes: `0: every file reaches ${LOWEST_SCORE} %; 1: one does not`,
})
  .argument('[paths...]', 'files or folders below handlers/, which are measured completely', 'the pure core')
  .option('--force', 'measures again what has not changed since the last run')
  .check((_options, paths) => problemsOfSelection(paths))
  .parse();

runCommand(() => main(command.args, command.opts<{ force?: boolean }>()));

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
      force: force || paths.length > 0,
      jest: { config: { testMatch: [`<rootDir>/__tests__/${folder}/*.test.ts`] } },
    }).runMutationTest();
    scores.push(...fileScores(files, results));
  }
  for (const { lines } of scores) console.log(lines.join('\n'));
  return scores.every(({ reached }) => reached) ? 0 : 1;
}
