import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { scripts } from '../package.json';
import { projectRoot } from '../tools/support/project-root';

const CHECK = 'node -r ./tools/support/check-installation.cjs ';

describe.each(Object.entries(scripts))('npm run %s', (_name, command) => {
  const parts = command.split(' && ').filter((part) => !part.startsWith('npm run --silent '));

  it('first checks what is installed', () => {
    expect(parts.filter((part) => !part.startsWith(CHECK))).toEqual([]);
  });

  it('starts a program that exists', () => {
    const programs = parts.map(
      (part) =>
        part
          .slice(CHECK.length)
          .replace(/^-r tsx\/cjs /, '')
          .split(' ')[0]!,
    );
    expect(programs.filter((program) => !existsSync(join(projectRoot, program)))).toEqual([]);
  });
});

/** The tests that a script would run. */
async function listed(script: string, ...names: string[]): Promise<string[]> {
  // A name comes first, as people write it: what follows a flag is not swallowed by an option of the script.
  const list = ['run', '--silent', script, '--', ...names, '--listTests'];
  const { stdout } = await promisify(execFile)('npm', list, { cwd: projectRoot });
  return stdout.trim().split('\n');
}

const suites = Object.entries(scripts).flatMap(([name, command]) =>
  command.includes('/jest.js ') ? [name] : [],
);

describe.each(suites)('npm run %s', (suite) => {
  it('runs only the tests that are named', async () => {
    const [first = '', second = ''] = await listed(suite);
    expect(await listed(suite, first)).toEqual([first]);
    expect((await listed(suite, first, second)).sort()).toEqual([first, second].sort());
  });
});

/** The CLI of CDKTF runs the command of `synth` as it is, without options. */
const commands = Object.entries(scripts).flatMap(([name, command]) =>
  command.includes(' -r tsx/cjs ') && name !== 'synth' ? [name] : [],
);

describe.each(commands)('npm run %s', (script) => {
  it('explains itself for -h and does nothing else', async () => {
    const { stdout, stderr } = await promisify(execFile)('npm', ['run', '--silent', script, '--', '-h'], {
      cwd: projectRoot,
    });
    expect(stderr).toBe('');
    expect(stdout).toMatch(new RegExp(`^Usage: npm run ${script} -- `));
    expect(stdout).toMatch(/^Exit codes?: /m);
  });
});
