import { type Finding, check, notAllowed, ok, problem, warning } from '../check';
import { type LookedUpName, lookUpNames } from '../name-lookups';
import { firstOf } from '../first-of';
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
    const findings = [...takenNames(names, subject), ...notLookedUp(names)];
    if (findings.length > 0) return findings;
    const existing = names.filter(({ exists }) => exists).length;
    if (existing === 0) return ok(`${names.length} names are free`);
    const whose = 'addresses' in subject.state ? "are the environment's own" : 'exist, as after a deployment';
    return ok(`${existing} names ${whose}, ${names.length - existing} are free`);
  },
});

/** Names that get a line of their own. */
const MOST_LINES = 3;

const ELSEWHERE = 'Deploy with the state that has it, delete it, or give the environment another name';

function takenNames(
  names: readonly LookedUpName[],
  { state, isDeployed, name: environment }: Subject,
): Finding[] {
  const existing = names.filter(({ exists }) => exists);
  if ('addresses' in state) {
    const foreign = existing.filter(({ address }) => !state.addresses.has(address));
    if (foreign.length <= MOST_LINES) return foreign.map((one) => taken(one, state.place, environment));
    const names = firstOf(foreign.map(({ name }) => name));
    return [
      problem(`${foreign.length} names exist, but are not in the state ${state.place}: ${names}`, ELSEWHERE),
    ];
  }
  if (isDeployed !== false || existing.length === 0) return [];
  const list = existing.map(({ name }) => name).join(', ');
  return [
    warning(
      `${list} exist; whether a deployment of this environment was interrupted is not known: ${state.unreadable}`,
      'See whether the state has them: terraform state list',
    ),
  ];
}

/** What Terraform can take over without a loss, it imports. */
function taken({ address, type, name }: LookedUpName, place: string, environment: string): Finding {
  const isImportable = type === 'aws_s3_bucket' || type === 'aws_cloudwatch_log_group';
  return problem(
    `${name} (${type}) exists, but it is not in the state ${place}`,
    isImportable ? `terraform -chdir=cdktf.out/stacks/${environment} import ${address} ${name}` : ELSEWHERE,
  );
}

function notLookedUp(names: readonly LookedUpName[]): Finding[] {
  const missing = new Set(names.flatMap(({ missingPermission }) => missingPermission ?? []));
  return [...missing].map(notAllowed);
}
