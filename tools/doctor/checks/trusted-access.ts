import { check, ok, problem } from '../check';
import { callAsOf } from '../subject';

export const trustedAccess = check({
  id: 'trusted-access',
  question: 'May StackSets deploy to the accounts of the organization?',
  needs: 'aws',
  applies: ({ environment }) => environment.roleDeployment.kind === 'stack-set',
  read: async (aws, { environment }) =>
    (await aws.get('cloudformation:DescribeOrganizationsAccess', { CallAs: callAsOf(environment) })).Status,
  judge: (status, { deployment, organization }) => {
    if (status === 'ENABLED') return ok('StackSets may deploy to the accounts of the organization');
    return problem(
      `trusted access for StackSets is ${status ?? 'not set'}: the report role cannot be deployed` +
        (organization ? `; account ${organization.managementAccountId} can activate it` : ''),
      `aws cloudformation activate-organizations-access --region ${deployment.memberRegion}`,
    );
  },
});
