import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { documentPlace } from '../document-place';
import { alarmDefinitions } from './alarm-definitions';
import type { Alerts } from '../alerts/alerts';
import type { Deployment } from '../deployment';
import type { Schedule } from '../workflow/schedule';
import type { Workflow } from '../workflow/workflow';

/** Options of {@link Alarms}. */
export interface AlarmsProps {
  readonly deployment: Deployment;
  /** The topic that alarms are sent to. */
  readonly alerts: Alerts;
  readonly workflow: Workflow;
  readonly schedule: Schedule;
}

/** Reports what the digest cannot report: that there was no run, or that one stopped before its end. */
export class Alarms extends Construct {
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, { deployment, alerts, workflow, schedule }: AlarmsProps) {
    super(scope, id);
    const definitions = alarmDefinitions({
      stateMachineArn: workflow.arn,
      environment: deployment.environment,
      functions: workflow.functions,
      deadLettersName: schedule.deadLetters.queueName,
    });
    this.arns = Object.entries(definitions).map(([name, { warmUpMinutes, whenOk, ...definition }]) => {
      const alarmName = deployment.nameOf(name);
      const alarm = new CloudwatchMetricAlarm(this, name, {
        ...definition,
        alarmName,
        alarmDescription: descriptionOf(name, definition.alarmDescription, whenOk),
        alarmActions: [alerts.topicArn],
        okActions: whenOk === undefined ? undefined : [alerts.topicArn],
      });
      if (warmUpMinutes !== undefined) alarm.addOverride('warm_up_configuration', warmUp(warmUpMinutes));
      return deployment.arn('cloudwatch', `alarm:${alarmName}`);
    });
  }
}

/** The message about the end of an alarm has the same description, so it says both. */
const descriptionOf = (name: string, whatHappened: string, whenOk?: string) =>
  [
    whatHappened,
    ...(whenOk === undefined ? [] : [`When OK: ${whenOk}`]),
    `See ${documentPlace('operations.md', name)}`,
  ].join(' ');

/**
 * The bindings do not know it yet. With `FILL`, data is never missing, which could end the warm-up early
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html).
 */
const warmUp = (minutes: number) => ({
  warm_up_period_duration_in_minutes: minutes,
  only_start_evaluating_after_warm_up_period_ends: true,
});
