/** `npm run release:check` in a copy of the project that cannot be released: it says so before it builds anything. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../../package.json';
import { typescriptOptions } from '../../../local/typescript';
import { temporaryFolder } from '../../../tools/support/embedded';
import { projectCopy } from '../../support/project-copy';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const project = projectCopy(join(folder, 'project'));
const put = (file: string, text: string) => {
  writeFileSync(join(project, file), text);
};

beforeAll(() => {
  put('.gitignore', 'node_modules\n');
  put('package-lock.json', JSON.stringify({ version }));
  put('CHANGELOG.md', `## [Unreleased]\n\n- Forgotten.\n\n## [${version}] - unreleased\n`);
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  for (const command of [['init'], ['add', '--all'], [...author, 'commit', '-m', 'x']])
    execFileSync('git', command, { cwd: project, stdio: 'ignore' });
});

function run(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...typescriptOptions, 'tools/release/main.ts', ...options],
    { cwd: project, encoding: 'utf8' },
  );
  return { status, stdout, stderr: stderr.trim().split('\n') };
}

describe('npm run release:check', () => {
  it('tells everything that keeps a version from being released', () => {
    put('left.txt', '');
    const { status, stdout, stderr } = run('--version', '99.0.0');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toEqual([
      'error: only what is committed is released; commit these files, or remove them: left.txt',
      `error: version 99.0.0 is to be released, but package.json has ${version}`,
      'error: the newest version in CHANGELOG.md has no date of the form YYYY-MM-DD; got unreleased',
      `error: CHANGELOG.md has changes in [Unreleased]; move them to [${version}]`,
      'error: package.json has no repository; npm publishes with provenance only from the repository that is named there',
    ]);
  });

  it('takes the version of a tag of the commit', () => {
    execFileSync('git', ['tag', 'v98.0.0'], { cwd: project });
    expect(run().stderr).toContain(
      `error: version 98.0.0 is to be released, but package.json has ${version}`,
    );
  });

  it('refuses a version that is none, and a folder with other files, both at once', () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'file'), '');
    expect(run('--version', 'v1', '--out', other)).toEqual({
      status: 2,
      stdout: '',
      stderr: [
        'error: --version must be a version such as 0.2.0; got "v1"',
        `error: --out must be a new or empty folder, but ${other} has files; see npm run release:check -- --help`,
      ],
    });
  });
});
