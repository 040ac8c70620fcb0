import { spawnSync } from 'node:child_process';
import { typescriptOptions } from '../../../local/typescript';
import { projectRoot } from '../../../tools/support/project-root';

function testFaults(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...typescriptOptions, 'tools/faults/main.ts', ...options],
    { cwd: projectRoot, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

describe('npm run test:faults', () => {
  it('prints how many cases held every rule, and their seed', () => {
    const { status, stdout } = testFaults('--runs', '2', '--seed', '3');
    expect(stdout).toMatch(/^2 cases with \d+ faults in \d+ s: every rule held\. Seed 3\n/m);
    expect(status).toBe(0);
  });

  it.each([
    [['--runs', '0'], 'from 1 to'],
    [['--seed', 'x'], 'a whole number'],
    [['--path', 'a:b'], 'numbers with colons'],
    [['--bogus'], "unknown option '--bogus'"],
  ])('refuses %j with one line and code 2', (options, message) => {
    const { status, stdout, stderr } = testFaults(...options);
    expect({ status, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      status: 2,
      stdout: '',
      lines: 1,
    });
    expect(stderr).toContain(message);
  });
});
