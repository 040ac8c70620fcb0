/** Prints the environments that `.github/workflows/plan.yml` plans, as its matrix: `npm run plan:environments`. */
import { join } from 'node:path';
import { InvalidEnvironments, readEnvironments } from '../../constructs/environment/environment-files';
import { planned } from './matrix';
import { projectRoot } from '../support/project-root';

try {
  const environments = readEnvironments(join(projectRoot, 'environments'));
  const matrix = planned(environments);
  for (const [name, { backend }] of environments) {
    if (matrix.some(({ environment }) => environment === name)) continue;
    console.error(`${name} is not planned there: its backend is ${backend.kind}, not s3`);
  }
  process.stdout.write(`${JSON.stringify(matrix)}\n`);
} catch (error) {
  if (!(error instanceof InvalidEnvironments)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
