/** The evaluator of IAM policies. It is under the AGPL, so only this folder has it: `install` brings it. */
import type { Simulation } from '@cloud-copilot/iam-simulate';
import { installPackages } from '../support/install-packages';

/** Jest calls it before the tests of the policies. */
export default function install(): void {
  installPackages(__dirname);
}

/**
 * @throws when the evaluator finds a mistake in a policy or in the call, such as an action that does not exist or a
 * resource that the action does not take
 */
export async function isAllowedBy(simulation: Simulation): Promise<boolean> {
  const { runSimulation } = await import('@cloud-copilot/iam-simulate');
  const result = await runSimulation(simulation, {});
  if (result.resultType === 'error') {
    throw new Error(JSON.stringify({ request: simulation.request, errors: result.errors }));
  }
  return result.overallResult === 'Allowed';
}
