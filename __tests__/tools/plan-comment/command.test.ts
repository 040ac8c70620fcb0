import { spawnSync } from 'node:child_process';
import { typescriptOptions } from '../../../local/typescript';
import { exampleComment, examplePlanText } from '../../../tools/plan-comment/example';
import { projectRoot } from '../../../tools/support/project-root';

function planCommentOf(input: string, ...options: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...typescriptOptions, 'tools/plan-comment/main.ts', ...options],
    // Without a PATH there is no `gh` that could write anything.
    { cwd: projectRoot, encoding: 'utf8', input, env: { PATH: '' } },
  );
  return { status, stdout, stderr };
}

describe('npm run plan:comment', () => {
  it('prints a plan as Markdown', () => {
    expect(planCommentOf(examplePlanText(), 'production')).toEqual({
      status: 0,
      stdout: exampleComment(),
      stderr: '',
    });
  });

  it('ends with 1 and one line if standard input is not a plan', () => {
    expect(planCommentOf('{}', 'production')).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: standard input is not a plan: .*\n$/) as string,
    });
  });

  it('ends with 1 if the comment cannot be posted', () => {
    const { status, stderr } = planCommentOf(
      '',
      'production',
      '--failed',
      '--repository',
      'owner/name',
      '--pull-request',
      '7',
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('gh') as string });
  });

  it.each([
    ['no environment', []],
    ['an unknown option', ['production', '--post']],
    ['a pull request without its repository', ['production', '--failed', '--pull-request', '7']],
    [
      'a pull request without a number',
      ['production', '--failed', '--repository', 'o/n', '--pull-request', ''],
    ],
    [
      'a pull request that is not a number',
      ['production', '--failed', '--repository', 'o/n', '--pull-request', '7/../8'],
    ],
    ['a repository without an owner', ['production', '--failed', '--repository', 'n', '--pull-request', '7']],
    ['a name that no environment can have', ['a --> b', '--failed']],
    ['a repository without a pull request', ['production', '--failed', '--repository', 'owner/name']],
  ])('ends with 2 for %s', (_, options) => {
    const { status, stdout, stderr } = planCommentOf('', ...options);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .*; see npm run plan:comment -- --help\n$/);
  });
});
