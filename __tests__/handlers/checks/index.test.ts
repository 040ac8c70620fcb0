import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../../handlers/checks';

const files = (folder: string) => readdirSync(join(__dirname, folder));

describe('the list of checks', () => {
  it('has a file and a test named after the ID of every check', () => {
    const others = ['check.ts', 'index.ts'];
    const sources = files('../../../handlers/checks').filter((file) => !others.includes(file));
    expect(sources).toEqual(checks.map(({ id }) => `${id}.ts`).sort());
    expect(files('.')).toEqual(expect.arrayContaining(checks.map(({ id }) => `${id}.test.ts`)));
  });
});
