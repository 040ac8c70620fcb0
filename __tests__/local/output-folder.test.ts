import { mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeReportFolder, problemsOfReportFolder } from '../../local/output-folder';
import { temporaryFolder } from '../../tools/support/embedded';
import { projectRoot } from '../../tools/support/project-root';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const problemsOf = (path: string) => problemsOfReportFolder(path, '--out');

const file = join(folder, 'file');
writeFileSync(file, '');

describe('a folder for reports', () => {
  it.each([
    folder,
    join(folder, 'not', 'yet'),
    join(projectRoot, 'local-run'),
    join(projectRoot, 'docs', 'new'),
  ])('may be %s', (path) => {
    expect(problemsOf(path)).toEqual([]);
  });

  it('is refused when a file is in the way, which is named', () => {
    const expected = [`--out must be a folder, but ${file} is a file`];
    expect(problemsOf(file)).toEqual(expected);
    expect(problemsOf(join(file, 'below'))).toEqual(expected);
  });

  it('is refused when it is a link that leads nowhere', () => {
    const link = join(folder, 'link');
    symlinkSync(join(folder, 'nowhere'), link);
    expect(problemsOf(join(link, 'below'))).toEqual([
      `--out must be a folder that can be written, but ${link} cannot: no such file or directory (ENOENT)`,
    ]);
  });

  it('is refused when it has this project, whose files would lie among the reports', () => {
    const checkout = join(folder, 'checkout');
    symlinkSync(projectRoot, checkout);
    for (const path of [projectRoot, dirname(projectRoot), '/', checkout]) {
      expect(problemsOf(path)).toEqual([
        expect.stringMatching(/^--out must be a folder for reports only, but .* has this project/) as string,
      ]);
    }
  });

  it('is refused when Git would offer to commit the reports', () => {
    expect(problemsOf(join(projectRoot, 'docs'))).toEqual([
      `--out must be a new or empty folder if it is in this project, but ${join(projectRoot, 'docs')} has other files; use a folder such as local-run`,
    ]);
  });
});

describe('a new folder for reports', () => {
  const path = join(folder, 'one', 'two');

  it('can be read by its owner only, as those above it, and is ignored by Git', () => {
    makeReportFolder(path);
    expect([path, dirname(path)].map((one) => statSync(one).mode & 0o777)).toEqual([0o700, 0o700]);
    expect(readdirSync(path)).toEqual(['.gitignore']);
    expect(readFileSync(join(path, '.gitignore'), 'utf8')).toMatch(/^\*$/m);
  });

  it('is used again, and a folder with other files stays as it is', () => {
    makeReportFolder(path);
    expect(readdirSync(path)).toEqual(['.gitignore']);
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'notes'), '');
    makeReportFolder(other);
    expect(readdirSync(other)).toEqual(['notes']);
  });

  it('that cannot be created is an error that names it', () => {
    expect(() => {
      makeReportFolder(join(file, 'below'));
    }).toThrow(expect.objectContaining({ path: join(file, 'below') }) as Error);
  });
});
