import { type Finding, check, ok, problem, warning } from '../check';
import { deployCommand } from '../deploy-command';

export const alarms = check({
  id: 'alarms',
  question: 'Is no alarm on, and is every one there?',
  needs: 'deployment',
  read: async (aws, { deployment }) => {
    const input = { AlarmNamePrefix: deployment.nameOf('') };
    const pages = await aws.pages('cloudwatch:DescribeAlarms', input, 'NextToken');
    return pages.flatMap(({ MetricAlarms = [] }) => MetricAlarms);
  },
  judge: (found, { name, stack, deployment }) => {
    const byName = new Map(found.map((alarm) => [alarm.AlarmName, alarm]));
    const expected = stack
      .ofType('aws_cloudwatch_metric_alarm')
      .map(({ attributes }) => String(attributes.alarm_name));
    const findings = expected.flatMap((alarmName): Finding[] => {
      const alarm = byName.get(alarmName);
      const short = alarmName.slice(deployment.nameOf('').length);
      if (!alarm) return [problem(`${short} does not exist`, deployCommand(name))];
      if (alarm.StateValue === 'ALARM')
        return [problem(`${short}: ${alarm.StateReason ?? ''}`, `docs/operations.md#${short}`)];
      if (alarm.ActionsEnabled === false)
        return [
          warning(
            `${short} tells nobody: its actions are disabled`,
            `aws cloudwatch enable-alarm-actions --region ${deployment.region} --alarm-names ${alarmName}`,
          ),
        ];
      return [];
    });
    return findings.length > 0 ? findings : ok(`${expected.length} alarms are there, and none is on`);
  },
});
