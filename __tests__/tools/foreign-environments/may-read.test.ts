import { mayRead } from '../../../tools/foreign-environments/may-read';

describe('test:foreign', () => {
  it.each([
    ['names the folder', "readEnvironments(join(projectRoot, 'environments'))"],
    ['names a file in it', 'readFileSync(`${root}/environments/production.json`)'],
    ['reads what is synthesized from it', "join(projectRoot, 'golden', 'production.json')"],
    ['starts a program', "import { spawnSync } from 'node:child_process';"],
    ['starts a program on a terminal', "import { inTerminal } from '../support/pseudo-terminal';"],
  ])('runs the tests that use a file which %s', (_, code) => {
    expect(mayRead(code)).toBe(true);
  });

  it.each([
    [
      'in a comment',
      '/** See `environments/schema.json`,\n * and golden/ too. */\n// node:child_process\nrun();',
    ],
    ['as part of another word', 'const foreignEnvironments = [];'],
  ])('does not run those that name it %s', (_, code) => {
    expect(mayRead(code)).toBe(false);
  });
});
