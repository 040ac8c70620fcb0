import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../../handlers/checks';
import { CONTEXT } from '../../support/rows';

const files = (folder: string) => readdirSync(join(__dirname, folder));
/** What checks share. */
const HELPERS = ['check.ts', 'credentials.ts', 'index.ts', 'root-user.ts', 'unused.ts'];

describe('the list of checks', () => {
  it('has a file and a test named after the ID of every check', () => {
    const sources = files('../../../handlers/checks').filter((file) => !HELPERS.includes(file));
    expect(sources).toEqual(checks.map(({ id }) => `${id}.ts`).sort());
    expect(files('.')).toEqual(expect.arrayContaining(checks.map(({ id }) => `${id}.test.ts`)));
  });

  it('has a title and a description for every check', () => {
    const titles = checks.map(({ title }) => title(CONTEXT.thresholds));
    expect(new Set(titles).size).toBe(checks.length);
    for (const title of titles) expect(title).toMatch(/^[A-Z].+[^.]$/);
    for (const { description } of checks) expect(description).toMatch(/^Fails .+\.$/);
  });

  it('declares the threshold of every check whose title has a number, and names it in the description', () => {
    const others = Object.keys(CONTEXT.thresholds).map((name, index) => [name, 1001 + index]);
    const other = Object.fromEntries(others) as typeof CONTEXT.thresholds;
    for (const { id, title, threshold, description } of checks) {
      const isChanged = title(other) !== title(CONTEXT.thresholds);
      if (threshold)
        expect([id, description]).toEqual([id, expect.stringContaining(`\`${threshold.name}\``)]);
      else expect([id, isChanged]).toEqual([id, false]);
      if (threshold && isChanged) expect(title(other)).toContain(`${other[threshold.name]} days`);
    }
  });
});
