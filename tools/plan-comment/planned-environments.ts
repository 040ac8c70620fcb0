/** Prints the environments that `.github/workflows/plan.yml` plans, as its matrix: `npm run plan:environments`. */
import { join } from 'node:path';
import { readEnvironments } from '../../constructs/environment/environment-files';
import { commandLine } from '../../local/command-line';
import { runCommand } from '../../local/run-command';
import { projectRoot } from '../support/project-root';

commandLine({
  script: 'plan:environments',
  description: 'Prints the environments that .github/workflows/plan.yml plans, as its matrix.',
  exitCodes: '0: printed; 1: an environment is not valid',
}).parse();

runCommand(() => {
  const environments = [...readEnvironments(join(projectRoot, 'environments'))];
  // Other state is a file on somebody's machine, or at HCP Terraform, which makes plans of its own.
  const isPlanned = ([, { backend }]: (typeof environments)[number]) => backend.kind === 's3';
  for (const [name, { backend }] of environments.filter((one) => !isPlanned(one))) {
    console.error(`${name} is not planned: its backend is ${backend.kind}, and only s3 can be planned here`);
  }
  const matrix = environments.filter(isPlanned).map(([environment, { region }]) => ({ environment, region }));
  process.stdout.write(`${JSON.stringify(matrix)}\n`);
});
