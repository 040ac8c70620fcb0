import { join } from 'node:path';
import { artifactsOf } from './artifacts';
import type { Build } from './builds';
import { Clone } from './clone';
import type { Commit } from './commit';
import { differences } from './compare';
import { type Files, filesOf } from './files-of';
import { machinesIn } from './machines';

interface BuildTwiceProps {
  readonly repository: string;
  readonly commit: Pick<Commit, 'id' | 'time'>;
  readonly builds: readonly Build[];
  readonly version: string;
  /** An empty folder for the clones. */
  readonly folder: string;
  /** Aborts after the step that is being done. */
  readonly signal: AbortSignal;
  /** Called with what is done next. */
  readonly onStep: (step: string) => void;
}

interface BuiltTwice {
  /** What is published, by name. */
  readonly artifacts: Files;
  /** One line for each file that is not the same in both builds. */
  readonly different: readonly string[];
  /** How many files were compared. */
  readonly compared: number;
}

/** Builds a commit on two machines that differ, and compares every byte of what is built and of what is published. */
export async function buildTwice(props: BuildTwiceProps): Promise<BuiltTwice> {
  const { repository, commit, builds, version, folder, signal, onStep } = props;
  const clones = machinesIn(folder, commit.time).map((machine) => new Clone(machine));
  const inBoth = async <Result>(step: string, work: (clone: Clone) => Promise<Result>): Promise<Result[]> => {
    onStep(step);
    const started = clones.map(work);
    // Both end before anything is thrown: nobody writes to a folder that is being removed.
    await Promise.allSettled(started);
    signal.throwIfAborted();
    return Promise.all(started);
  };
  await inBoth(`clone commit ${commit.id} twice`, (clone) => clone.make(repository, commit.id));
  await inBoth('npm ci in both clones', (clone) =>
    clone.npm('ci --ignore-scripts --prefer-offline --no-audit --no-fund'),
  );
  for (const { script } of builds)
    await inBoth(`npm run ${script} in both clones`, (clone) => clone.npm(`run --silent ${script}`));
  const [first = {}, second = {}] = await inBoth('read what was built', (clone) =>
    Promise.resolve(builtFiles(clone.path, builds)),
  );
  const [artifacts = {}, others = {}] = await inBoth('pack it in both clones', (clone) =>
    artifactsOf({ project: clone.path, builds, version, npm: (text, place) => clone.npm(text, place) }),
  );
  return {
    artifacts,
    different: differences({ ...first, ...artifacts }, { ...second, ...others }),
    compared: Object.keys({ ...first, ...artifacts }).length,
  };
}

/** The files inside of archives, by path: they say where a difference of an archive comes from. */
function builtFiles(project: string, builds: readonly Build[]): Files {
  const folders = builds.filter(({ releasedAs }) => releasedAs !== 'file');
  const named = folders.flatMap(({ writes }) =>
    Object.entries(filesOf(join(project, writes))).map(
      ([name, content]) => [`${writes}/${name}`, content] as const,
    ),
  );
  return Object.fromEntries(named);
}
