/** The project as Git checks it out on Windows. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scripts } from '../package.json';
import { temporaryFolder } from '../tools/support/embedded';
import { projectRoot } from '../tools/support/project-root';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const git = (...options: string[]) => execFileSync('git', options, { cwd: folder, stdio: 'ignore' });

describe('a checkout with core.autocrlf', () => {
  const source = join(folder, 'source');
  const clone = join(folder, 'clone');
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text);
  };

  it('has the bytes that generated files and stored evidence are compared with', () => {
    const contents = {
      'golden/production.json': '{\n}\n',
      'docs/options.md': '# Options\n',
      '__tests__/stored-runs/bucket/table.csv': 'a,b\r\n1,2\n',
    };
    for (const [path, text] of Object.entries(contents)) put(path, text);
    copyFileSync(join(projectRoot, '.gitattributes'), join(source, '.gitattributes'));
    git('init', '--quiet', source);
    git('-C', source, 'add', '--all');
    git(
      '-C',
      source,
      '-c',
      'user.name=test',
      '-c',
      'user.email=test@example.com',
      'commit',
      '--quiet',
      '-m',
      'x',
    );
    git('-c', 'core.autocrlf=true', 'clone', '--quiet', source, clone);
    for (const [path, text] of Object.entries(contents))
      expect(readFileSync(join(clone, path), 'utf8')).toBe(text);
  });
});

describe('the shell of Windows', () => {
  // It knows no single quotes, no variables of the form $NAME, and no assignments before a command.
  it.each(Object.entries(scripts))('can run the script %s', (_name, script) => {
    expect(script).not.toMatch(/['$;`]|(^|&& )\w+=|(^|&& )\.\//);
  });
});
