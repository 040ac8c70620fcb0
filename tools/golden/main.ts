/**
 * Writes what every environment and example synthesizes to `golden/`, so that a review shows how the infrastructure
 * changes: `npm run golden`.
 */
import { commandLine } from '../../local/command-line';
import { runCommand } from '../../local/run-command';
import { checkForChanges, writeChanges } from '../support/generated-files';
import { projectRoot } from '../support/project-root';
import { goldenFiles } from './stacks';

const { check = false } = commandLine({
  script: 'golden',
  description: 'Writes the Terraform JSON of every environment and example to golden/, for reviews.',
  exitCodes: '0: golden/ is up to date; 1: it is not (--check), or an environment is not valid',
})
  .option('--check', 'write nothing; name each file that is out of date')
  .parse()
  .opts<{ check?: boolean }>();

runCommand(() => {
  const golden = goldenFiles(projectRoot);
  return check ? checkForChanges(projectRoot, golden, 'golden') : writeChanges(projectRoot, golden);
});
