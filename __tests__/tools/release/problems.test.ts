import { type ReleaseFacts, releaseNotes, releaseProblems } from '../../../tools/release/problems';

const released = '## [Unreleased]\n\n## [0.3.0] - 2026-12-01\n\n- New.\n';
const facts: ReleaseFacts = {
  wanted: ['0.3.0'],
  packageJson: { version: '0.3.0', repository: 'https://example.com/owner/project' },
  locked: '0.3.0',
  changelog: released,
  uncommitted: [],
};

describe('a release', () => {
  it('has no problems if all versions are the same, the changelog has a date, and everything is committed', () => {
    expect(releaseProblems(facts)).toEqual([]);
    expect(releaseNotes(facts)).toEqual([]);
  });

  it('tells all problems at once', () => {
    const problems = releaseProblems({
      wanted: ['0.3.1'],
      packageJson: { version: '0.3.0' },
      locked: '0.2.0',
      changelog: '## [Unreleased]\n\n- Forgotten.\n\n## [0.2.9] - unreleased\n',
      uncommitted: ['main.ts', 'b', 'c', 'd', 'e', 'f', 'g'],
    });
    expect(problems).toEqual([
      'only what is committed is released; commit these files, or remove them: main.ts, b, c, d, e and 2 more',
      'package.json has version 0.3.0, but package-lock.json 0.2.0; run npm install --package-lock-only',
      'package.json has version 0.3.0, but the newest version in CHANGELOG.md is 0.2.9',
      'version 0.3.1 is to be released, but package.json has 0.3.0',
      'the newest version in CHANGELOG.md has no date of the form YYYY-MM-DD; got unreleased',
      'CHANGELOG.md has changes in [Unreleased]; move them to [0.3.0]',
      'package.json has no repository; npm publishes with provenance only from the repository that is named there',
    ]);
  });

  it('has the version of every tag of the commit', () => {
    expect(releaseProblems({ ...facts, wanted: ['0.3.0', '0.4.0'] })).toEqual([
      'version 0.4.0 is to be released, but package.json has 0.3.0',
    ]);
  });
});

describe('a commit that nobody releases yet', () => {
  const unreleased = { ...facts, wanted: [], packageJson: { version: '0.3.0' } };

  it('may have changes without a version, and no date', () => {
    const changelog = '## [Unreleased]\n\n- Soon.\n\n## [0.3.0] - unreleased\n';
    expect(releaseProblems({ ...unreleased, changelog })).toEqual([]);
  });

  it('has a note that says what a release will need', () => {
    expect(releaseNotes(unreleased)).toEqual([
      'package.json has no repository; npm publishes with provenance only from the repository that is named there',
    ]);
  });
});
