import { type Finding, check, ok, problem, unknown, warning } from '../check';
import { type LookedUpName, lookUpNames } from '../name-lookups';
import type { Subject } from '../subject';

/**
 * What is in the state is the environment's own; nothing else is for certain: names, tags and descriptions are the same when
 * another checkout has deployed it.
 */
export const namesTaken = check({
  id: 'names-taken',
  question: 'Are the names free that the environment gives, unless it has them itself?',
  needs: 'aws',
  read: (aws, subject) => lookUpNames(aws, subject),
  judge: (names, subject) => {
    const findings = [...takenNames(names, subject), ...notAllowed(names)];
    if (findings.length > 0) return findings;
    const own = names.filter(({ exists }) => exists).length;
    return ok(
      own === 0
        ? `${names.length} names are free`
        : `${own} names are the environment's own, ${names.length - own} are free`,
    );
  },
});

function takenNames(
  names: readonly LookedUpName[],
  { state, isDeployed, name: environment }: Subject,
): Finding[] {
  const existing = names.filter(({ exists }) => exists);
  if ('addresses' in state)
    return existing
      .filter(({ address }) => !state.addresses.has(address))
      .map(({ address, type, name }) =>
        problem(
          `${name} (${type}) exists, but it is not in the state ${state.place}`,
          type === 'aws_s3_bucket' || type === 'aws_cloudwatch_log_group'
            ? `terraform -chdir=cdktf.out/stacks/${environment} import ${address} ${name}`
            : 'Deploy with the state that has it, delete it, or give the environment another name',
        ),
      );
  if (isDeployed !== false || existing.length === 0) return [];
  const list = existing.map(({ name }) => name).join(', ');
  return [
    warning(
      `${list} exist; whether a deployment of this environment was interrupted is not known: ${state.unreadable}`,
      'See whether the state has them: terraform state list',
    ),
  ];
}

function notAllowed(names: readonly LookedUpName[]): Finding[] {
  const missing = new Set(names.flatMap(({ missingPermission }) => missingPermission ?? []));
  return [...missing].map((permission) =>
    unknown(
      `not allowed to call ${permission}`,
      `Allow ${permission}: docs/doctor-permissions.json has everything that is needed`,
    ),
  );
}
