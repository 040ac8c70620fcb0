/** The one comment of an environment at a pull request: made once, then updated. */
import { execFileSync } from 'node:child_process';

export interface PullRequest {
  /** OWNER/NAME */
  readonly repository: string;
  readonly number: string;
}

/** Calls `gh` with what it reads on standard input, and gives what it prints. */
export type Gh = (options: readonly string[], input?: string) => string;

/** The GitHub CLI; it takes its token from `GH_TOKEN`. */
const gh: Gh = (options, input) =>
  execFileSync('gh', options, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'inherit'] });

/**
 * Only a comment of a bot that begins with the marker is updated: whoever quotes it keeps what they wrote.
 * @returns what was done
 */
export function postComment(
  { repository, number }: PullRequest,
  marker: string,
  body: string,
  call = gh,
): string {
  const found = `.[] | select(.user.type == "Bot" and (.body | startswith(${JSON.stringify(marker)}))) | .id`;
  const comments = `repos/${repository}/issues/${number}/comments`;
  const [id] = call(['api', '--paginate', `${comments}?per_page=100`, '--jq', found])
    .split('\n')
    .filter((line) => line !== '');
  const [method, path] =
    id === undefined ? ['POST', comments] : ['PATCH', `repos/${repository}/issues/comments/${id}`];
  call(['api', '--silent', '--method', method, path, '--input', '-'], JSON.stringify({ body }));
  return id === undefined ? 'Wrote a new comment' : `Updated comment ${id}`;
}
