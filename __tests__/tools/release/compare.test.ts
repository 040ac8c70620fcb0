import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from '../../../tools/release/compare';
import { filesOf } from '../../../tools/release/files-of';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

let made = 0;

/** A folder with these files. */
function folderOf(files: Record<string, string>): string {
  const path = join(folder, `folder-${made++}`);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(path, name, '..'), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

const compared = (one: Record<string, string>, other: Record<string, string>) =>
  differences(filesOf(folderOf(one)), filesOf(folderOf(other)));

describe('two folders', () => {
  it('are the same if all files have the same bytes, in whatever order they were written', () => {
    expect(compared({ a: '1', 'b/c': '2' }, { 'b/c': '2', a: '1' })).toEqual([]);
  });

  it('differ in every file that is not the same or that one of them lacks, each of which is named', () => {
    const one = { same: 'x', changed: 'abcd', longer: 'ab', 'deep/er/first': '' };
    const other = { same: 'x', changed: 'abXd', longer: 'abc', 'deep/second': '' };
    expect(compared(one, other)).toEqual([
      'changed: 4 and 4 bytes, different from byte 2',
      'deep/er/first: only in the first clone',
      'deep/second: only in the second clone',
      'longer: 2 and 3 bytes, different from byte 2',
    ]);
  });
});

describe('the files of a folder', () => {
  it('are in the order of their names, the capitals first, as in no language', () => {
    expect(Object.keys(filesOf(folderOf({ b: '', 'a/z': '', B: '', ä: '' })))).toEqual([
      'B',
      'a/z',
      'b',
      'ä',
    ]);
  });

  it('are files: a link is refused, because no archive has it', () => {
    const path = folderOf({ a: '' });
    symlinkSync('a', join(path, 'link'));
    expect(() => filesOf(path)).toThrow(`${join(path, 'link')} is not a file`);
  });
});
