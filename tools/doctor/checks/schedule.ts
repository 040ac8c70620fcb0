import { type Finding, check, ok, problem, warning } from '../check';
import { deployCommand } from '../deploy-command';

export const schedule = check({
  id: 'schedule',
  question: 'Is the schedule enabled, and does it start the workflow when the file says?',
  needs: 'deployment',
  read: (aws, { deployment }) => aws.find('scheduler:GetSchedule', { Name: deployment.name }),
  judge: (found, { name, stack, deployment }): Finding => {
    if (!found) return problem('there is no schedule: no run starts by itself', deployCommand(name));
    if (found.State !== 'ENABLED')
      return problem(
        `the schedule is ${found.State ?? 'not enabled'}: no run starts by itself`,
        deployCommand(name),
      );
    if (found.Target?.Arn !== deployment.stateMachineArn)
      return problem(`the schedule starts ${found.Target?.Arn ?? 'nothing'}`, deployCommand(name));
    const [expected] = stack.ofType('aws_scheduler_schedule');
    const { schedule_expression: expression, schedule_expression_timezone: timezone } =
      expected?.attributes ?? {};
    const when = `${found.ScheduleExpression ?? ''} ${found.ScheduleExpressionTimezone ?? ''}`;
    return found.ScheduleExpression === expression && found.ScheduleExpressionTimezone === timezone
      ? ok(`enabled: ${when}`)
      : warning(
          `the schedule is ${when}, but the file says ${String(expression)} ${String(timezone)}`,
          deployCommand(name),
        );
  },
});
