import { HOURS_WITHOUT_RUN } from '../../../constructs/operations/alarm-definitions';
import { type Finding, check, ok, problem, warning } from '../check';

const HOUR = 3_600_000;

/** Runs that are looked at. */
const MOST_RUNS = 5;

export const lastRuns = check({
  id: 'last-runs',
  question: 'Did the last runs succeed, and did one start since yesterday?',
  needs: 'deployment',
  read: async (aws, { deployment: { stateMachineArn } }) =>
    (await aws.get('states:ListExecutions', { stateMachineArn, maxResults: MOST_RUNS })).executions ?? [],
  judge: (runs, { now, deployment: { stateMachineArn, region } }): Finding[] => {
    const start = `aws stepfunctions start-execution --region ${region} --state-machine-arn ${stateMachineArn}`;
    const [last] = runs;
    if (!last) return [warning('no run has started yet', start)];
    const { status = '', startDate, executionArn = '' } = last;
    const findings: Finding[] = [];
    const hasFailed = status !== 'SUCCEEDED' && status !== 'RUNNING' && status !== 'PENDING_REDRIVE';
    if (hasFailed)
      findings.push(
        problem(
          `the last run ${status}: ${executionArn}`,
          `aws stepfunctions describe-execution --region ${region} --execution-arn ${executionArn}`,
        ),
      );
    if (startDate && now.getTime() - startDate.getTime() > HOURS_WITHOUT_RUN * HOUR)
      findings.push(problem(`no run has started since ${startDate.toISOString()}`, start));
    const succeeded = runs.filter((run) => run.status === 'SUCCEEDED').length;
    return findings.length > 0
      ? findings
      : [
          ok(
            `the last one started ${startDate?.toISOString() ?? ''}: ${status}; ${succeeded} of the last ${runs.length} succeeded`,
          ),
        ];
  },
});
