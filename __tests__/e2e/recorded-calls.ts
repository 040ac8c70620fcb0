import { record, recordedCalls, recording, without } from '../../tools/policies/deployer/calls';
import type { RoleCall } from '../../tools/policies/role-decision';

export interface SeenCalls {
  provider: string;
  calls: readonly RoleCall[];
}

/**
 * How the calls of an environment differ from those that `npm run test:policies` compares with the documented policies.
 * `RENEW=1` records them.
 */
export function compareCalls(environment: string, { provider, calls }: SeenCalls) {
  if (process.env.RENEW) record(environment, provider, calls);
  // Other versions of the provider make other calls; all were allowed, or Terraform would have failed.
  if (provider !== recording().provider) return { missing: [], surplus: [] };
  const recorded = recordedCalls(environment);
  return { missing: without(calls, recorded), surplus: without(recorded, calls) };
}
