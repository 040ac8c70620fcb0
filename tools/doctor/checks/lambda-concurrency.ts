import { MOST_ACCOUNTS, batchesOf } from '../../../constructs/workflow/run-times';
import { check, ok, problem, warning } from '../check';

/** What AWS leaves to functions without a reservation (https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html). */
const LEFT_UNRESERVED = 100;

export const lambdaConcurrency = check({
  id: 'lambda-concurrency',
  question: 'Can enough batches run at the same time, and can concurrency be reserved?',
  needs: 'aws',
  read: async (aws, { deployment, isDeployed }) => {
    const { AccountLimit } = await aws.get('lambda:GetAccountSettings', {});
    const FunctionName = deployment.nameOf('collect-reports');
    const own = isDeployed ? await aws.find('lambda:GetFunctionConcurrency', { FunctionName }) : undefined;
    return {
      limit: AccountLimit?.ConcurrentExecutions ?? 0,
      unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
      own: own?.ReservedConcurrentExecutions ?? 0,
    };
  },
  judge: ({ limit, unreserved, own }, { deployment, environment: { reservedConcurrency, scale } }) => {
    const most = unreserved + own - LEFT_UNRESERVED;
    const raise = `aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region ${deployment.region}`;
    if (reservedConcurrency !== undefined && reservedConcurrency > most)
      return problem(
        `reservedConcurrency is ${reservedConcurrency}, but the account can reserve ${Math.max(0, most)}: its limit is ` +
          `${limit}, and ${LEFT_UNRESERVED} stay unreserved`,
        most > 0
          ? `Set reservedConcurrency to at most ${most}`
          : 'Remove reservedConcurrency, or raise the limit: ' + raise,
      );
    const available = reservedConcurrency ?? unreserved;
    const needed = Math.min(scale.mapConcurrency, batchesOf(MOST_ACCOUNTS, scale.batchSize));
    if (available >= needed)
      return ok(`${available} of ${limit} concurrent executions for up to ${needed} batches`);
    const accounts = (available * scale.batchSize).toLocaleString('en-US');
    return warning(
      `${available} of ${limit} concurrent executions: with more than ${accounts} accounts, batches are throttled and wait`,
      reservedConcurrency === undefined ? raise : 'Raise reservedConcurrency',
    );
  },
});
