import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertFolder } from '../../local/output-folder';
import { temporaryFolder } from '../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

describe('the output folder', () => {
  it('may exist, and may be created with the folders above it', () => {
    expect(() => {
      assertFolder(folder, '--out');
    }).not.toThrow();
    expect(() => {
      assertFolder(join(folder, 'not', 'yet'), '--out');
    }).not.toThrow();
  });

  it('is refused when a file is in the way, which is named', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => {
      assertFolder(join(file, 'below'), '--out');
    }).toThrow(`--out must be a folder, but ${file} is a file`);
  });
});
