import { NotAllowed } from '../aws-reader';
import { check, ok, problem } from '../check';
import { loggingAccountRole as roleOf, loggingAccountSession } from '../logging-account';

/** AWS does not say whether the role is missing or trusts somebody else. */
export const loggingAccountRole = check({
  id: 'logging-account-role',
  question: 'Can the role of the logging account be assumed?',
  needs: 'aws',
  applies: ({ environment }) => environment.loggingAccount !== undefined,
  read: async (aws, subject) => {
    try {
      await loggingAccountSession(aws, subject);
      return true;
    } catch (error) {
      if (error instanceof NotAllowed) return false;
      throw error;
    }
  },
  judge: (isAssumable, subject) => {
    const role = roleOf(subject) ?? '';
    return isAssumable
      ? ok(`${role} can be assumed`)
      : problem(
          `${role} cannot be assumed by ${subject.caller.arn}`,
          'Create the role, or let its trust policy and your own policy allow it: docs/deployer.md#in-the-logging-account',
        );
  },
});
