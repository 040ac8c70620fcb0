import { globSync, readFileSync } from 'node:fs';
import { enforcedEnvironments } from '../../../tools/policies/environments';

describe('an environment whose policies are enforced', () => {
  it('has a file of tests', () => {
    const files = globSync('enforcement-*.policies.ts', { cwd: __dirname });
    const tested = files.map((file) => {
      const [, name] =
        /^enforcementTests\('(.*)'\);$/m.exec(readFileSync(`${__dirname}/${file}`, 'utf8')) ?? [];
      return name;
    });
    expect(tested.sort()).toEqual(
      enforcedEnvironments()
        .map(({ name }) => name)
        .sort(),
    );
  });
});
