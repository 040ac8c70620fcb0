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

  const copy =
    "import { projectCopy } from '../support/project-copy';\nconst project = projectCopy(folder);\n";

  it.each([
    ['starts its programs there', "spawnSync(process.execPath, ['main.ts'], { cwd: project });"],
    ['names a folder of it', "readdirSync(join(project, 'environments'));"],
    [
      'uses a regular expression',
      "spawn('node', { cwd: project }); const [, id] = /\\d+/.exec(printed) ?? [];",
    ],
  ])('does not run those about a copy of the project that %s', (_, code) => {
    expect(mayRead(`${copy}import { spawn, spawnSync } from 'node:child_process';\n${code}`)).toBe(false);
  });

  it.each([
    ['a program starts where Jest runs', "spawnSync(process.execPath, ['main.ts']);"],
    ['one of its programs does', "spawn('node', { cwd: project });\nspawn('node', ['main.ts']);"],
    ['it knows the checkout', "spawnSync('ls', { cwd: projectRoot });"],
  ])('runs them if %s', (_, code) => {
    expect(mayRead(`${copy}import { spawn, spawnSync } from 'node:child_process';\n${code}`)).toBe(true);
  });
});
