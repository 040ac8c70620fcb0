import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../../handlers/checks';

const files = (folder: string) => readdirSync(join(__dirname, folder));

describe('the list of checks', () => {
  it('has a file and a test named after the ID of every check', () => {
    const others = ['check.ts', 'index.ts', 'rules.ts'];
    const sources = files('../../../handlers/checks').filter((file) => !others.includes(file));
    expect(sources).toEqual(checks.map(({ id }) => `${id}.ts`).sort());
    expect(files('.')).toEqual(expect.arrayContaining(checks.map(({ id }) => `${id}.test.ts`)));
  });

  it('has a title for every check, with the threshold that the check uses', () => {
    const titles = checks.map(({ title }) => title({ unusedDays: 41, rotationDays: 42, rootUnusedDays: 43 }));
    expect(new Set(titles).size).toBe(checks.length);
    for (const title of titles) expect(title).toMatch(/^[A-Z].+[^.]$/);
    const thresholds = titles.flatMap((title) => /\b4[123] days/.exec(title)?.[0] ?? []);
    expect([...new Set(thresholds)].sort()).toEqual(['41 days', '42 days', '43 days']);
  });
});
