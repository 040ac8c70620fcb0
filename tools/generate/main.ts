/** Writes the JSON schemas, the tables of the documents, and the example of a plan comment: `npm run generate`. */
import { commandLine } from '../../local/command-line';
import { runCommand } from '../../local/run-command';
import { checkForChanges, writeChanges } from '../support/generated-files';
import { projectRoot } from '../support/project-root';
import { generatedFiles } from './files';

const { check = false } = commandLine({
  script: 'generate',
  description: 'Writes the JSON schemas and the generated parts of the documents from the sources.',
  exitCodes: '0: every file is up to date; 1: one is not (--check), or a document lacks its markers',
})
  .option('--check', 'write nothing; name each file that is out of date')
  .parse()
  .opts<{ check?: boolean }>();

runCommand(() => {
  const generated = generatedFiles(projectRoot);
  return check ? checkForChanges(projectRoot, generated, 'generate') : writeChanges(projectRoot, generated);
});
