import { scripts } from '../../../package.json';
import { builds } from '../../../tools/release/builds';

describe('what is released', () => {
  it('is built by scripts of package.json, each into a place of its own in dist/', () => {
    for (const { script, writes } of builds) {
      expect(Object.keys(scripts)).toContain(script);
      expect(writes).toMatch(/^dist\/[\w.-]+$/);
      // What the command writes itself.
      expect(writes).not.toBe('dist/release');
    }
    expect(new Set(builds.map(({ writes }) => writes)).size).toBe(builds.length);
  });

  it('ends with the bill of materials, which lists what was built before it', () => {
    expect(builds.at(-1)?.script).toBe('build:sbom');
  });
});
