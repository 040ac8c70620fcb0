import { OU_PREFIX } from '../../../constructs/environment/accounts';
import type { Environment } from '../../../constructs/environment/environment';
import { check, ok, problem } from '../check';

/** Units and roots that the file names. */
export const targets = check({
  id: 'targets',
  question: 'Do the organizational units and the root exist that the file names?',
  needs: 'aws',
  applies: ({ environment }) => named(environment).length > 0,
  read: async (aws, { environment }) => {
    const missing: string[] = [];
    for (const id of named(environment)) {
      const found = id.startsWith(OU_PREFIX)
        ? await aws.find('organizations:DescribeOrganizationalUnit', { OrganizationalUnitId: id })
        : (await aws.get('organizations:ListRoots', {})).Roots?.find(({ Id }) => Id === id);
      if (!found) missing.push(id);
    }
    return missing;
  },
  judge: (missing, { name, environment }) =>
    missing.length === 0
      ? ok(`${named(environment).join(', ')} exist in the organization`)
      : missing.map((id) => problem(`the organization has no ${id}`, `Change environments/${name}.json`)),
});

function named({ roleDeployment, accounts }: Environment): string[] {
  const written = roleDeployment.kind === 'stack-set' ? (roleDeployment.targets ?? []) : [];
  return [...new Set([...written, ...(accounts.includeOus ?? []), ...accounts.excludeOus])];
}
