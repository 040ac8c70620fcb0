import { newestVersion, unreleasedChanges } from './changelog';

/** What a release is judged by. */
export interface ReleaseFacts {
  /** Versions that are to be released; empty if none is, yet. */
  readonly wanted: readonly string[];
  readonly packageJson: { readonly version: string; readonly repository?: unknown };
  /** Version in package-lock.json. */
  readonly locked: string;
  readonly changelog: string;
  /** Files with changes that are not committed, as Git lists them. */
  readonly uncommitted: readonly string[];
}

/** Everything that keeps this commit from being released. */
export function releaseProblems(facts: ReleaseFacts): string[] {
  return [...alwaysProblems(facts), ...(facts.wanted.length > 0 ? problemsOfWanted(facts) : [])];
}

/** What is missing for a release, but not for a comparison of two clones. */
export function releaseNotes(facts: ReleaseFacts): string[] {
  return facts.wanted.length > 0 ? [] : repositoryProblems(facts);
}

function alwaysProblems({
  packageJson: { version },
  locked,
  changelog,
  uncommitted,
}: ReleaseFacts): string[] {
  const newest = newestVersion(changelog)?.version ?? 'none';
  return [
    ...(uncommitted.length > 0
      ? [`only what is committed is released; commit these files, or remove them: ${firstOf(uncommitted)}`]
      : []),
    ...(locked === version
      ? []
      : [
          `package.json has version ${version}, but package-lock.json ${locked}; run npm install --package-lock-only`,
        ]),
    ...(newest === version
      ? []
      : [`package.json has version ${version}, but the newest version in CHANGELOG.md is ${newest}`]),
  ];
}

function problemsOfWanted(facts: ReleaseFacts): string[] {
  const { wanted, packageJson, changelog } = facts;
  const { version } = packageJson;
  const date = newestVersion(changelog)?.date ?? 'none';
  return [
    ...wanted
      .filter((one) => one !== version)
      .map((one) => `version ${one} is to be released, but package.json has ${version}`),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(date)
      ? []
      : [`the newest version in CHANGELOG.md has no date of the form YYYY-MM-DD; got ${date}`]),
    ...(unreleasedChanges(changelog) === ''
      ? []
      : [`CHANGELOG.md has changes in [Unreleased]; move them to [${version}]`]),
    ...repositoryProblems(facts),
  ];
}

function repositoryProblems({ packageJson: { repository } }: ReleaseFacts): string[] {
  return repository === undefined
    ? [
        'package.json has no repository; npm publishes with provenance only from the repository that is named there',
      ]
    : [];
}

/** A few of them, and how many more there are. */
function firstOf(files: readonly string[]): string {
  const more = files.length - 5;
  return more > 0 ? `${files.slice(0, 5).join(', ')} and ${more} more` : files.join(', ');
}
