import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { problemsOfSelection, selectedFiles } from '../../../tools/mutation/selection';
import { projectRoot } from '../../../tools/support/project-root';

describe('the files of a mutation test', () => {
  it('are the pure core by default, and each folder of it has tests', () => {
    const folders = [...selectedFiles([]).keys()];
    expect(folders).toContain('handlers/core');
    expect(folders.filter((folder) => !existsSync(join(projectRoot, '__tests__', folder)))).toEqual([]);
  });

  it('are those that are named, and all below a folder, once each', () => {
    const file = 'handlers/checks/root-mfa.ts';
    expect(selectedFiles([file, `./${file}`, join(projectRoot, file)])).toEqual(
      new Map([['handlers/checks', [file]]]),
    );
    const below = selectedFiles(['handlers/summarize-run/']);
    expect(below.get('handlers/summarize-run')).toContain('handlers/summarize-run/samples.ts');
    expect(below.get('handlers/summarize-run/output')).toContain('handlers/summarize-run/output/digest.ts');
  });

  it('are refused with every path that has no source file of the handlers', () => {
    const wrong = ['handlers/nothing', 'handlers/checks/root-mfa', 'local/options.ts', 'package.json', '..'];
    expect(problemsOfSelection(['handlers/core', ...wrong])).toEqual([
      `no source files found: ${wrong.join(', ')}; name TypeScript files or folders below handlers/`,
    ]);
    expect(problemsOfSelection(['handlers/core'])).toEqual([]);
  });
});
