import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../../handlers/checks';

const files = (folder: string) => readdirSync(join(__dirname, folder));

describe('the list of checks', () => {
  it('has a file and a test for every check, named by its id', () => {
    const others = ['check.ts', 'index.ts'];
    const sources = files('../../../handlers/checks').filter((file) => !others.includes(file));
    expect(sources).toEqual(checks.map(({ id }) => `${id}.ts`).sort());
    expect(files('.')).toEqual(expect.arrayContaining(checks.map(({ id }) => `${id}.test.ts`)));
  });

  it('has the numbers of the CIS benchmark', () => {
    expect(Object.fromEntries(checks.map(({ id, cis }) => [id, `${cis['v3.0']} / ${cis['v5.0']}`]))).toEqual({
      'root-access-key': '1.4 / 1.3',
      'root-mfa': '1.5 / 1.4',
      'root-recent-use': '1.7 / 1.6',
      'console-mfa': '1.10 / 1.9',
      'key-at-setup': '1.11 / 1.10',
      'unused-45-days': '1.12 / 1.11',
      'two-active-keys': '1.13 / 1.12',
      'key-rotation-90-days': '1.14 / 1.13',
    });
  });
});
