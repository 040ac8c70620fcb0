import { policy } from '../../constructs/policy';
import { type CallName, calls, permissionOf } from './calls';

/** The policy of whoever runs the doctor, from the calls that it makes: one statement for each set of resources. */
export function doctorPermissionsText(): string {
  const names = Object.keys(calls) as CallName[];
  const groups = Map.groupBy(names, (name) => calls[name].resources);
  const statements = [...groups].map(([{ sid, arns }, group]) => ({
    Sid: sid,
    Effect: 'Allow' as const,
    Action: [...new Set(group.map(permissionOf))].sort(),
    Resource: arns,
  }));
  return `${JSON.stringify(policy(...statements), null, 2)}\n`;
}
