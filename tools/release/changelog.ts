/** A heading of a version in CHANGELOG.md. */
export interface ChangelogVersion {
  readonly version: string;
  /** Date of the release, or what is in its place; undefined if nothing is. */
  readonly date: string | undefined;
}

/** The newest version of CHANGELOG.md, which is the first; undefined if there is none. */
export function newestVersion(changelog: string): ChangelogVersion | undefined {
  const [, version, date] = /^## \[(\d[^\]]*)\](?: - (.+))?$/m.exec(changelog) ?? [];
  return version === undefined ? undefined : { version, date };
}

/** What CHANGELOG.md says about changes that no version has. */
export function unreleasedChanges(changelog: string): string {
  const [, text = ''] = /^## \[Unreleased\]\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(changelog) ?? [];
  return text.trim();
}
