import { check, ok, problem, unknown } from '../check';
import type { Subject } from '../subject';

/** Whether the caller is in the account that the environment means. */
export const identity = check({
  id: 'identity',
  question: 'Are these the credentials of the account that collects?',
  needs: 'aws',
  read: () => undefined,
  judge: (_facts, { caller, environment, organization }: Subject) => {
    const { account, arn } = caller;
    if (!organization)
      return unknown(
        `signed in as ${arn}; whether ${account} is the account that collects is not known without its organization`,
      );
    const isManagement = account === organization.managementAccountId;
    if (environment.collectFrom === 'management-account' && !isManagement)
      return problem(
        `signed in to account ${account}, but the environment collects from the management account ` +
          organization.managementAccountId,
        'Sign in there, or set collectFrom to "delegated-administrator"',
      );
    if (environment.collectFrom === 'delegated-administrator' && isManagement)
      return problem(
        `signed in to the management account ${account}, but the environment collects from a delegated administrator`,
        'Sign in to the delegated administrator, or set collectFrom to "management-account"',
      );
    return ok(`signed in as ${arn}`);
  },
});
