import { type Finding, check, ok, problem, warning } from '../check';
import { deployCommand } from '../deploy-command';
import { firstOf } from '../first-of';
import { stackInstances, stackSetName } from '../stack-instances';

export const stackSet = check({
  id: 'stack-set',
  question: 'Is the report role deployed to the accounts, and where not, why?',
  needs: 'deployment',
  applies: ({ environment }) => environment.roleDeployment.kind === 'stack-set',
  read: (aws, subject) => stackInstances(aws, subject),
  judge: (instances, subject) => {
    const name = stackSetName(subject);
    if (!instances) return problem(`there is no StackSet ${name}`, deployCommand(subject.name));
    if (instances.length === 0)
      return warning(
        `${name} has no instances: no account gets the report role`,
        deployCommand(subject.name),
      );
    const others = instances.filter(({ status }) => status !== 'CURRENT');
    if (others.length === 0) return ok(`${instances.length} accounts have the report role`);
    const byReason = Map.groupBy(
      others,
      ({ status, reason }) => `${status}${reason === '' ? '' : `: ${reason}`}`,
    );
    return [...byReason].map(([why, same]): Finding =>
      problem(
        `${same.length} of ${instances.length} accounts: ${why} (${firstOf(same.map(({ account }) => account))})`,
        'docs/operations.md#the-role-of-an-account',
      ),
    );
  },
});
