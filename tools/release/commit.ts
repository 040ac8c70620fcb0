import { execFileSync } from 'node:child_process';

/** The commit that is checked out. */
export interface Commit {
  readonly id: string;
  /** Seconds since 1970, as SOURCE_DATE_EPOCH has them. */
  readonly time: string;
  /** Versions of its tags: `0.2.0` for `v0.2.0`. */
  readonly taggedVersions: readonly string[];
  /** Files with changes that are not committed. */
  readonly uncommitted: readonly string[];
}

/** @param project - folder of the repository */
export function commitOf(project: string): Commit {
  const git = (...options: string[]) =>
    execFileSync('git', options, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = (text: string) => text.split('\n').filter((line) => line !== '');
  return {
    id: git('rev-parse', 'HEAD').trim(),
    time: git('log', '-1', '--format=%ct').trim(),
    taggedVersions: lines(git('tag', '--points-at', 'HEAD', 'v*')).map((tag) => tag.slice(1)),
    uncommitted: lines(git('status', '--porcelain')).map((line) => line.slice('XY '.length)),
  };
}
