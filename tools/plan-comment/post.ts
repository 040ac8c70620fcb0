/** The comment of an environment at a pull request: posted once, then updated. */
import { execFileSync } from 'node:child_process';

export interface PullRequest {
  /** OWNER/NAME */
  readonly repository: string;
  readonly number: string;
}

/** Runs the GitHub CLI with arguments and standard input, and returns what it prints. */
export type Gh = (options: readonly string[], input?: string) => string;

/** It takes its token from `GH_TOKEN`. */
const gh: Gh = (options, input) =>
  execFileSync('gh', options, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'inherit'] });

/**
 * Updates only a bot's comment that starts with the marker: a comment of a person who quotes it stays as it is.
 * @returns what was done
 */
export function postComment(
  { repository, number }: PullRequest,
  marker: string,
  body: string,
  call = gh,
): string {
  const filter = `.[] | select(.user.type == "Bot" and (.body | startswith(${JSON.stringify(marker)}))) | .id`;
  const comments = `repos/${repository}/issues/${number}/comments`;
  const [id = ''] = call(['api', '--paginate', `${comments}?per_page=100`, '--jq', filter]).split('\n');
  const [method, path] =
    id === '' ? ['POST', comments] : ['PATCH', `repos/${repository}/issues/comments/${id}`];
  call(['api', '--silent', '--method', method, path, '--input', '-'], JSON.stringify({ body }));
  return id === '' ? 'Posted a new comment' : `Updated comment ${id}`;
}
