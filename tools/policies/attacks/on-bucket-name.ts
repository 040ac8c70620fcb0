/** Somebody else creates a bucket under our name, for example after ours was deleted. */
import type { EnforcedEnvironment } from '../environments';
import { HANDLERS } from '../functions';
import { concrete } from './statement-calls';
import { type Attack, OUTSIDER, targets } from './targets';

export function attacksOnBucketName(environment: EnforcedEnvironment): Attack[] {
  const { role } = targets(environment);
  return HANDLERS.flatMap((handler) =>
    (environment.deployed.documents.get(`${handler}/policy`)?.Statement ?? [])
      .flatMap(concrete)
      .filter(({ action }) => action.startsWith('s3:'))
      .map((call) => ({
        ...call,
        title: `${handler} calls ${call.action} for ${call.resource}${describe(call.context)} in another account`,
        principal: role(handler),
        account: OUTSIDER,
      })),
  );
}

const describe = (context: Attack['context'] = {}) =>
  's3:prefix' in context ? ` with the prefix ${String(context['s3:prefix'])}` : '';
