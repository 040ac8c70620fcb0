import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkForChanges, writeChanges } from '../../../tools/support/generated-files';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

let count = 0;
/** A project in which one generated file is current, one is old, one is missing, and one is left over. */
function project(): string {
  const root = join(folder, String(count++));
  mkdirSync(join(root, 'golden'), { recursive: true });
  writeFileSync(join(root, 'golden', 'current.json'), 'same');
  writeFileSync(join(root, 'golden', 'old.json'), 'before');
  writeFileSync(join(root, 'golden', 'left-over.json'), '');
  return root;
}
const files = new Map([
  ['golden/current.json', 'same'],
  ['golden/old.json', 'after'],
  ['docs/new.md', 'new'],
]);

/** What a function prints, by stream, with the value that it returns. */
function printed(run: () => number) {
  const lines = { out: [] as string[], err: [] as string[] };
  const out = jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.out.push(line));
  const err = jest.spyOn(console, 'error').mockImplementation((line: string) => void lines.err.push(line));
  const code = run();
  out.mockRestore();
  err.mockRestore();
  return { ...lines, code };
}

describe('--check', () => {
  it('names each file that differs and the command that renews it, ends with 1, and writes nothing', () => {
    const root = project();
    expect(printed(() => checkForChanges(root, { files, folder: 'golden' }, 'golden'))).toEqual({
      out: [],
      err: [
        'golden/old.json is out of date',
        'docs/new.md is missing',
        'golden/left-over.json is not generated anymore',
        'Run npm run golden, and review what it changes',
      ],
      code: 1,
    });
    expect(readFileSync(join(root, 'golden', 'old.json'), 'utf8')).toBe('before');
    expect(existsSync(join(root, 'docs'))).toBe(false);
  });

  it('takes no notice of the line ends of the checkout, nor of what editors leave', () => {
    const root = join(folder, String(count++));
    mkdirSync(join(root, 'golden'), { recursive: true });
    writeFileSync(join(root, 'golden', 'one.json'), '{\r\n}\r\n');
    for (const name of ['one.json~', '#one.json#', '.#one.json', 'one.json.orig'])
      writeFileSync(join(root, 'golden', name), '');
    const generated = { files: new Map([['golden/one.json', '{\n}\n']]), folder: 'golden' };
    expect(printed(() => checkForChanges(root, generated, 'x'))).toEqual({ out: [], err: [], code: 0 });
  });

  it('prints nothing and ends with 0 if no file differs', () => {
    const root = project();
    expect(
      printed(() => checkForChanges(root, { files: new Map([['golden/current.json', 'same']]) }, 'x')),
    ).toEqual({
      out: [],
      err: [],
      code: 0,
    });
  });
});

describe('without --check', () => {
  it('files that differ are written, and files that are not generated anymore are removed from their folder', () => {
    const root = project();
    const generated = { files, folder: 'golden' };
    expect(printed(() => writeChanges(root, generated))).toEqual({
      out: ['Wrote golden/old.json', 'Wrote docs/new.md', 'Removed golden/left-over.json'],
      err: [],
      code: 0,
    });
    expect(readdirSync(join(root, 'golden')).sort()).toEqual(['current.json', 'old.json']);
    expect(readFileSync(join(root, 'docs', 'new.md'), 'utf8')).toBe('new');
    expect(printed(() => writeChanges(root, generated)).out).toEqual(['All 3 files are up to date']);
  });

  it('folders and hidden files beside them stay', () => {
    const root = join(folder, String(count++));
    mkdirSync(join(root, 'golden', 'notes'), { recursive: true });
    writeFileSync(join(root, 'golden', '.DS_Store'), '');
    expect(printed(() => writeChanges(root, { files: new Map(), folder: 'golden' }))).toEqual({
      out: ['All 0 files are up to date'],
      err: [],
      code: 0,
    });
    expect(readdirSync(join(root, 'golden')).sort()).toEqual(['.DS_Store', 'notes']);
  });
});
