/** With a repository of its own, whose builds take no time. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { buildTwice } from '../../../tools/release/build-twice';
import type { Build } from '../../../tools/release/builds';
import { commitOf } from '../../../tools/release/commit';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const repository = join(folder, 'repository');
const git = (...options: string[]) =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...options], {
    cwd: repository,
    stdio: 'ignore',
  });
const build = (expression: string) =>
  `const { mkdirSync, writeFileSync } = require('fs');
mkdirSync('dist/it', { recursive: true });
writeFileSync('dist/it/package.json', JSON.stringify({ name: 'it', version: '1.2.3' }));
writeFileSync('dist/it/same.txt', 'same');
writeFileSync('dist/it/made.txt', String(${expression}));
`;
const programs = {
  epoch: build('process.env.SOURCE_DATE_EPOCH'),
  folder: build('__dirname.length'),
  zone: build('new Date(0).toString()'),
  language: build('["i".toLocaleUpperCase(), process.env.LANG]'),
  fails: 'console.error("the reason"); process.exit(1);',
};

beforeAll(() => {
  mkdirSync(repository);
  const scripts = Object.fromEntries(Object.keys(programs).map((name) => [name, `node ${name}.js`]));
  const manifest = { name: 'it', version: '1.2.3', scripts };
  writeFileSync(join(repository, 'package.json'), JSON.stringify(manifest));
  const lock = { ...{ name: 'it', version: '1.2.3' }, lockfileVersion: 3, packages: { '': manifest } };
  writeFileSync(join(repository, 'package-lock.json'), JSON.stringify(lock));
  for (const [name, program] of Object.entries(programs))
    writeFileSync(join(repository, `${name}.js`), program);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '-m', 'x');
  git('tag', 'v1.2.3');
});

let used = 0;
const built = (
  script: keyof typeof programs,
  releasedAs: Build['releasedAs'] = 'zip',
  signal?: AbortSignal,
) =>
  buildTwice({
    ...{ repository, commit: commitOf(repository), builds: [{ script, writes: 'dist/it', releasedAs }] },
    ...{ version: '1.2.3', folder: join(folder, `clones-${used++}`), onStep: () => undefined },
    signal: signal ?? new AbortController().signal,
  });

describe('a commit', () => {
  it('is known by its ID, the time of the commit, its tags, and what is not committed', () => {
    const clean = commitOf(repository);
    expect(clean).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      time: expect.stringMatching(/^\d{10}$/) as string,
      taggedVersions: ['1.2.3'],
      uncommitted: [],
    });
    writeFileSync(join(repository, 'new.txt'), '');
    expect(commitOf(repository).uncommitted).toEqual(['new.txt']);
    git('clean', '--force', '--quiet');
  });
});

describe('two builds of a commit', () => {
  it('are the same if they depend on the commit alone, and give what is published', async () => {
    const { artifacts, different, compared } = await built('epoch');
    expect({ different, compared, names: Object.keys(artifacts) }).toEqual({
      ...{ different: [], compared: 4, names: ['it-1.2.3.zip'] },
    });
    const files = unzipSync(artifacts['it-1.2.3.zip']!);
    expect(Buffer.from(files['made.txt']!).toString()).toBe(commitOf(repository).time);
  });

  it.each(['folder', 'zone', 'language'] as const)('differ if they depend on the %s', async (script) => {
    const { different } = await built(script);
    expect(different.map((line) => line.replace(/:.*/, ''))).toEqual(['dist/it/made.txt', 'it-1.2.3.zip']);
  });

  it('give the same package of npm, although the files may be read by others on one machine only', async () => {
    const { artifacts, different } = await built('epoch', 'npm-package');
    expect({ different, names: Object.keys(artifacts) }).toEqual({ different: [], names: ['it-1.2.3.tgz'] });
  });

  it('fail with what the build wrote to standard error', async () => {
    await expect(built('fails')).rejects.toThrow('the reason');
  });

  it('end after the step that was being done when they are interrupted', async () => {
    await expect(built('epoch', 'zip', AbortSignal.abort(new Error('Ctrl-C')))).rejects.toThrow('Ctrl-C');
  });
});
