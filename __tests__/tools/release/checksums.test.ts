import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksums } from '../../../tools/release/checksums';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

const files = { 'b.zip': Buffer.from('abc'), 'a.tgz': Buffer.from('') };

describe('SHA256SUMS', () => {
  it('has one line for each file, sorted by name', () => {
    expect(checksums(files)).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.tgz\n' +
        'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.zip\n',
    );
  });

  const missing = spawnSync('sha256sum', ['--version']).error ? ' (skipped: install sha256sum)' : '';
  (missing ? it.skip : it)(`is what sha256sum checks${missing}`, () => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    writeFileSync(join(folder, 'SHA256SUMS'), checksums(files));
    const check = () => spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder }).status;
    expect(check()).toBe(0);
    writeFileSync(join(folder, 'b.zip'), 'abd');
    expect(check()).toBe(1);
  });
});
