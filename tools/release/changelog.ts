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

/** What it says about a version, as Markdown: the text of a release. */
export function changesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^(?=## )/m);
  const section = sections.find((one) => one.startsWith(`## [${version}]`)) ?? '';
  return section.replace(/^.*\n/, '').trim();
}
