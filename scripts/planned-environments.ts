/** Prints the environments that `.github/workflows/plan.yml` plans, as its matrix: `npm run plan:environments`. */
import { join } from 'node:path';
import { InvalidEnvironments, readEnvironments } from '../constructs/environment-files';
import { planned } from './plan-comment/matrix';

try {
  const environments = readEnvironments(join(__dirname, '..', 'environments'));
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
