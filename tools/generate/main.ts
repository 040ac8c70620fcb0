/** Writes the JSON schemas, the tables of the documents, and the example of a plan comment: `npm run generate`. */
import { commandLine } from '../../local/command-line';
import { runCommand } from '../../local/run-command';
import { checkForChanges, hasChanges, writeChanges } from '../support/generated-files';
import { projectRoot } from '../support/project-root';
import { CHECK_INDEX, checkIndex } from './check-index';
import { PAGE_SCRIPT, pageScript } from './page-script';

const { check = false } = commandLine({
  script: 'generate',
  description: 'Writes the JSON schemas and the generated parts of the documents from the sources.',
  exitCodes: '0: every file is up to date; 1: one is not (--check), or a document lacks its markers',
})
  .option('--check', 'write nothing; name each file that is out of date')
  .parse()
  .opts<{ check?: boolean }>();

runCommand(() => {
  // What is generated from the checks imports their list, so that this is written before.
  const sources = [
    [CHECK_INDEX, checkIndex(projectRoot)],
    [PAGE_SCRIPT, pageScript(projectRoot)],
  ] as const;
  const list = { files: new Map(sources) };
  const compare = check ? checkForChanges : writeChanges;
  if (hasChanges(projectRoot, list)) {
    const code = compare(projectRoot, list, 'generate');
    if (code !== 0) return code;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() does not find TypeScript here
  const { generatedFiles } = require('./files') as typeof import('./files');
  return compare(projectRoot, generatedFiles(projectRoot), 'generate');
});
