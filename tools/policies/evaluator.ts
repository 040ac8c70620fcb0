/** The evaluator of IAM policies. Its license is the AGPL, so it is installed only in this folder, by `install`. */
import type { Simulation } from '@cloud-copilot/iam-simulate';
import { installPackages } from '../support/install-packages';

/** Jest calls it before the tests of the policies. */
export default function install(): void {
  installPackages(__dirname);
}

/**
 * @throws if the evaluator finds a mistake in a policy or in the call, such as an action that does not exist or that does
 * not apply to the resource
 */
export async function isAllowedBy(simulation: Simulation): Promise<boolean> {
  const { runSimulation } = await import('@cloud-copilot/iam-simulate');
  const result = await runSimulation(withKnownKeys(simulation), {});
  if (result.resultType === 'error') {
    throw new Error(JSON.stringify({ request: simulation.request, errors: result.errors }));
  }
  return result.overallResult === 'Allowed';
}

/** The evaluator takes a key whose name is open, `kms:EncryptionContext:NAME`, only as AWS documents it. */
function withKnownKeys(simulation: Simulation): Simulation {
  const text = JSON.stringify(simulation);
  return JSON.parse(
    text.replaceAll(/kms:EncryptionContext:[\w:]+/g, () => 'kms:EncryptionContext:${EncryptionContextKey}'),
  ) as Simulation;
}
