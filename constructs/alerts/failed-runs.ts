import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Construct } from 'constructs';
import type { Alerts } from './alerts';
import type { Deployment } from '../deployment';
import { failedRunPaths, failedRunPattern, failedRunTemplate } from './failed-run-message';

/** Options of {@link FailedRuns}. */
export interface FailedRunsProps {
  readonly deployment: Deployment;
  /** The topic that the message is sent to. */
  readonly alerts: Alerts;
}

/**
 * Sends a message when a run failed, timed out or was stopped, with its error and how to redrive it. The state machine
 * cannot send it: it would have to catch the error, and could not be redriven. Step Functions sends its events on a best
 * effort basis (https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-states.html), so alarms report such a run too.
 */
export class FailedRuns extends Construct {
  constructor(scope: Construct, id: string, { deployment, alerts }: FailedRunsProps) {
    super(scope, id);
    const rule = new CloudwatchEventRule(this, 'rule', {
      name: deployment.nameOf('failed-runs'),
      description: 'Runs that failed, timed out or were stopped',
      eventPattern: JSON.stringify(failedRunPattern(deployment)),
    });
    new CloudwatchEventTarget(this, 'target', {
      rule: rule.name,
      targetId: 'alerts',
      arn: alerts.topicArn,
      inputTransformer: { inputPaths: failedRunPaths, inputTemplate: failedRunTemplate(deployment) },
    });
  }
}
