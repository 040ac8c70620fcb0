/** Proves that what is released can be built again, byte for byte, and writes it: `npm run release:check`. */
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidInput } from '../../constructs/error-text';
import { makeFolder, writeWhole } from '../../constructs/write-file';
import { pluralize } from '../../handlers/shared/pluralize';
import { commandLine, folderPath } from '../../local/command-line';
import { problemsOfFolder } from '../../local/output-folder';
import { runCommand } from '../../local/run-command';
import { TemporaryFolder } from '../../local/temporary-folder';
import { projectRoot } from '../support/project-root';
import { buildTwice } from './build-twice';
import { builds } from './builds';
import { checksums } from './checksums';
import { commitOf } from './commit';
import { type ReleaseFacts, releaseNotes, releaseProblems } from './problems';
// Last: see there.
import { interruption } from '../../local/signals';

const DEFAULT_FOLDER = join('dist', 'release');

interface Options {
  out: string;
  version?: string;
}

const command = commandLine({
  script: 'release:check',
  description:
    'Builds what is released in two clones of the commit, on machines made to differ, compares every byte, and writes the ' +
    'artifacts with their SHA256SUMS. Takes minutes, and 2 GB in the temporary folder.',
  exitCodes: '0: both builds are the same; 1: they differ, or this commit cannot be released; 130: Ctrl-C',
})
  .option('--out <folder>', 'folder for the artifacts', folderPath, DEFAULT_FOLDER)
  .option(
    '--version <version>',
    'version to release, such as 0.2.0 (default: that of tags of the commit, such as v0.2.0)',
  )
  .check<Options>(({ out, version }) => [
    ...(version === undefined || /^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version)
      ? []
      : [`--version must be a version such as 0.2.0; got ${JSON.stringify(version)}`]),
    ...(out === undefined || out === DEFAULT_FOLDER ? [] : problemsOfOut(out)),
  ])
  .parse();

function problemsOfOut(out: string): string[] {
  const problems = problemsOfFolder(out, '--out');
  if (problems.length > 0 || !existsSync(out) || readdirSync(out).length === 0) return problems;
  return [`--out must be a new or empty folder, but ${out} has files`];
}

async function main(): Promise<number> {
  const { out, version } = command.opts<Options>();
  const commit = commitOf(projectRoot);
  const facts = factsOf(commit, version);
  const problems = releaseProblems(facts);
  if (problems.length > 0) throw new InvalidInput(problems.map((problem) => `error: ${problem}`).join('\n'));
  for (const note of releaseNotes(facts)) console.error(`note: ${note}`);

  const folder = new TemporaryFolder('release');
  try {
    const { artifacts, different, compared } = await buildTwice({
      repository: projectRoot,
      commit,
      builds,
      version: facts.packageJson.version,
      folder: folder.path,
      signal: interruption.signal,
      onStep: (step) => {
        console.error(step);
      },
    });
    for (const line of different) console.log(`✗ ${line}`);
    if (different.length > 0) {
      console.log(
        `The builds differ in ${different.length} of ${pluralize(compared, 'file')}; nothing was written`,
      );
      return 1;
    }
    if (out === DEFAULT_FOLDER) rmSync(out, { recursive: true, force: true });
    makeFolder(out);
    const written = Object.entries({ ...artifacts, SHA256SUMS: Buffer.from(checksums(artifacts)) });
    for (const [name, content] of written) writeWhole(join(out, name), content);
    console.log(`Both builds have the same ${pluralize(compared, 'file')}. Wrote to ${out}:`);
    console.log(checksums(artifacts).trimEnd());
    return 0;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    console.error('Interrupted: nothing was written');
    return interruption.exitCode;
  } finally {
    folder.remove();
  }
}

function factsOf(commit: ReturnType<typeof commitOf>, version: string | undefined): ReleaseFacts {
  const text = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
  return {
    wanted: version === undefined ? commit.taggedVersions : [version],
    packageJson: JSON.parse(text('package.json')) as ReleaseFacts['packageJson'],
    locked: (JSON.parse(text('package-lock.json')) as { version: string }).version,
    changelog: text('CHANGELOG.md'),
    uncommitted: commit.uncommitted,
  };
}

runCommand(main);
