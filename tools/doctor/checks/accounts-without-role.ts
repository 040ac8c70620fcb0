import type { Manifest } from '../../../handlers/core/manifest';
import { type Finding, check, ok, problem, warning } from '../check';
import { lastManifest } from '../last-manifest';
import { firstOf } from '../first-of';
import { type StackInstance, stackInstances } from '../stack-instances';

/** What the last run saw, and accounts that have joined or left the targets since. */
export const accountsWithoutRole = check({
  id: 'accounts-without-role',
  question: 'Which accounts failed in the last run, or lack the report role?',
  needs: 'deployment',
  read: async (aws, subject) => ({
    manifest: await lastManifest(aws, subject),
    instances:
      subject.environment.roleDeployment.kind === 'stack-set'
        ? await stackInstances(aws, subject)
        : undefined,
  }),
  judge: ({ manifest, instances }, { caller, name }) => {
    if (!manifest) return warning('no run has finished yet: accounts without the report role are not known');
    const findings = [...failuresIn(manifest, name), ...withoutInstance(manifest, instances, caller.account)];
    const { collected, expected } = manifest.totals;
    return findings.length > 0
      ? findings
      : ok(`the run of ${manifest.date} collected ${collected} of ${expected} accounts`);
  },
});

function failuresIn({ accounts, date }: Manifest, environment: string): Finding[] {
  const failed = accounts.flatMap((account) => (account.outcome === 'failed' ? [account] : []));
  return [...Map.groupBy(failed, ({ reason }) => reason)].map(([reason, same]) =>
    problem(
      `${same.length} accounts failed as ${reason} in the run of ${date}: ${firstOf(same.map(({ id }) => id))}`,
      `docs/failures.md says what to do; environment ${environment}`,
    ),
  );
}

/** The account that collects gets its role from Terraform. */
function withoutInstance(
  { accounts }: Manifest,
  instances: readonly StackInstance[] | undefined,
  collector: string,
): Finding[] {
  if (!instances) return [];
  const reached = new Set(instances.map(({ account }) => account));
  const missing = accounts.filter(
    ({ id, outcome }) => outcome === 'collected' && id !== collector && !reached.has(id),
  );
  if (missing.length === 0) return [];
  return [
    warning(
      `${missing.length} accounts were collected, but no target of the StackSet reaches them: ${firstOf(missing.map(({ id }) => id))}`,
      'Add their organizational unit to roleDeployment.targets, unless they get the role in another way',
    ),
  ];
}
