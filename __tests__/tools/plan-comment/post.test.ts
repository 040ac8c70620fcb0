import { postComment } from '../../../tools/plan-comment/post';

const pullRequest = { repository: 'owner/name', number: '7' };

/** A GitHub CLI that finds these comments; `calls` are all calls to it. */
function github(found: string) {
  const calls: { options: string[]; input: string | undefined }[] = [];
  const call = (options: readonly string[], input?: string) => {
    calls.push({ options: [...options], input });
    return calls.length === 1 ? found : '';
  };
  return { calls, call };
}

describe('the comment of a pull request', () => {
  it('is posted if there is none yet', () => {
    const { calls, call } = github('');
    expect(postComment(pullRequest, '<!-- m -->', 'body', call)).toBe('Posted a new comment');
    expect(calls[1]).toEqual({
      options: ['api', '--silent', '--method', 'POST', 'repos/owner/name/issues/7/comments', '--input', '-'],
      input: '{"body":"body"}',
    });
  });

  it('is updated if there is one', () => {
    const { calls, call } = github('11\n12\n');
    expect(postComment(pullRequest, '<!-- m -->', 'body', call)).toBe('Updated comment 11');
    expect(calls[1]?.options).toEqual(
      expect.arrayContaining(['PATCH', 'repos/owner/name/issues/comments/11']),
    );
  });

  it('is found by its marker, on every page, among the comments of bots', () => {
    const { calls, call } = github('');
    postComment(pullRequest, '<!-- terraform plan of a -->', 'body', call);
    expect(calls[0]?.options).toEqual([
      'api',
      '--paginate',
      'repos/owner/name/issues/7/comments?per_page=100',
      '--jq',
      '.[] | select(.user.type == "Bot" and (.body | startswith("<!-- terraform plan of a -->"))) | .id',
    ]);
  });
});
