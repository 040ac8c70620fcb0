import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../../../package.json';
import packageLock from '../../../package-lock.json';
import { newestVersion, unreleasedChanges } from '../../../tools/release/changelog';
import { projectRoot } from '../../../tools/support/project-root';

const changelog = readFileSync(join(projectRoot, 'CHANGELOG.md'), 'utf8');

describe('CHANGELOG.md', () => {
  it('has the version of package.json and of the lock file as its newest', () => {
    expect(newestVersion(changelog)?.version).toBe(packageJson.version);
    expect(packageLock.version).toBe(packageJson.version);
  });

  it('has one section for changes without a version, which comes first', () => {
    const headings = [...changelog.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings[0]).toBe('[Unreleased]');
    expect(headings.slice(1)).not.toContain('[Unreleased]');
  });

  it('has a date for every version, or the word unreleased for the newest; 0.1.0 was never released', () => {
    const [newest, ...older] = [...changelog.matchAll(/^## \[\d.*$/gm)].map(([heading]) => heading);
    expect(newest).toMatch(/^## \[\d+\.\d+\.\d+\] - (\d{4}-\d{2}-\d{2}|unreleased)$/);
    for (const heading of older.slice(0, -1)) expect(heading).toMatch(/^## \[.*\] - \d{4}-\d{2}-\d{2}$/);
    expect(older.at(-1)).toBe('## [0.1.0]');
  });
});

describe('a changelog', () => {
  const text =
    '# Changelog\n\n## [Unreleased]\n\n- Soon.\n\n## [1.1.0] - 2026-05-04\n\n### Added\n\n- New.\n\n## [1.0.0]\n\n- Old.\n';

  it('says which version is the newest, and when it was released', () => {
    expect(newestVersion(text)).toEqual({ version: '1.1.0', date: '2026-05-04' });
    expect(newestVersion('## [1.0.0]\n')).toEqual({ version: '1.0.0', date: undefined });
    expect(newestVersion('## [Unreleased]\n')).toBeUndefined();
  });

  it('says what is not released', () => {
    expect(unreleasedChanges(text)).toBe('- Soon.');
    expect(unreleasedChanges('## [Unreleased]\n\n## [1.0.0]\n\n- Old.\n')).toBe('');
    expect(unreleasedChanges('## [Unreleased]\n\n- Last.\n')).toBe('- Last.');
  });
});
