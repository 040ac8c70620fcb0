import { partitionOf } from '../deployment';
import type { Environment } from './environment';
import { type Problem, problem } from './problems';

/**
 * What an environment cannot share with the others. All names contain the name of their environment, except those that
 * an environment chooses itself: a bucket, and the role in the accounts of an organization.
 */
export function conflictsWith(others: ReadonlyMap<string, Environment>, environment: Environment): Problem[] {
  return [...others].flatMap(([name, other]) => {
    const conflicts: Problem[] = [];
    const role = environment.reportRoleName;
    if (role === other.reportRoleName && mayShareAccounts(environment, other)) {
      const message = `must differ from that of ${name}, unless their \`organizationId\` differs`;
      conflicts.push(problem('reportRoleName', message, role));
    }
    const bucket = newBucketName(environment);
    if (bucket !== undefined && bucket === newBucketName(other)) {
      conflicts.push(problem('bucket.name', `must differ from that of ${name}`, bucket));
    }
    return conflicts;
  });
}

const newBucketName = ({ bucket }: Environment) => (bucket.kind === 'new' ? bucket.name : undefined);

function mayShareAccounts(one: Environment, other: Environment): boolean {
  if (partitionOf(one.region) !== partitionOf(other.region)) return false;
  const unknown = one.organizationId === undefined || other.organizationId === undefined;
  return unknown || one.organizationId === other.organizationId;
}
