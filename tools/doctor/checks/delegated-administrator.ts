import { type Finding, check, ok, problem, warning } from '../check';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-delegated-admin.html */
const STACK_SETS = 'member.org.stacksets.cloudformation.amazonaws.com';

export const delegatedAdministrator = check({
  id: 'delegated-administrator',
  question: 'Is the account a delegated administrator of StackSets?',
  needs: 'aws',
  applies: ({ environment }) => environment.collectFrom === 'delegated-administrator',
  read: async (aws) => {
    const pages = await aws.pages(
      'organizations:ListDelegatedAdministrators',
      { ServicePrincipal: STACK_SETS },
      'NextToken',
    );
    return pages.flatMap(({ DelegatedAdministrators = [] }) =>
      DelegatedAdministrators.map(({ Id = '' }) => Id),
    );
  },
  judge: (administrators, { caller: { account }, organization, environment }) => {
    const findings: Finding[] = [
      administrators.includes(account)
        ? ok(`account ${account} is a delegated administrator of StackSets`)
        : problem(
            `account ${account} is not a delegated administrator of StackSets`,
            `aws organizations register-delegated-administrator --account-id ${account} --service-principal ${STACK_SETS}`,
          ),
    ];
    const management = organization?.managementAccountId;
    if (management !== undefined && !environment.accounts.exclude.includes(management))
      findings.push(
        warning(
          `no StackSet reaches the management account ${management}: it fails unless it has the report role`,
          'Give it the role (npm run build:role-module), or add it to accounts.exclude',
        ),
      );
    return findings;
  },
});
