import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import { assertOptions } from '../assert-options';
import { AlertsKey } from './alerts-key';
import type { Deployment } from '../deployment';
import { tlsOnly } from './tls-only';
import { type Statement, policyJson } from '../policy';

/** Options of {@link Alerts}. */
export interface AlertsProps {
  readonly deployment: Deployment;
  /** Addresses that receive the emails; each must confirm its subscription once. */
  readonly emails: readonly string[];
}

/** The encrypted topic for digests, failed runs and alarms. */
export class Alerts extends Construct {
  readonly topicArn: string;
  readonly topic: SnsTopic;
  /** Key of this topic, and of others with messages of the workflow. */
  readonly keyArn: string;
  /** Let a role of this account publish to the topic. */
  readonly publisherStatements: readonly Statement[];

  constructor(scope: Construct, id: string, { deployment, emails }: AlertsProps) {
    super(scope, id);
    assertOptions(this, { alertEmails: emails });
    const name = deployment.nameOf('alerts');
    this.topicArn = deployment.arn('sns', name);
    const alarms = deployment.arn('cloudwatch', `alarm:${deployment.nameOf('*')}`);
    const key = new AlertsKey(this, 'key', { deployment, alarms });
    this.keyArn = key.arn;
    this.publisherStatements = [
      { Sid: 'PublishDigest', Effect: 'Allow', Action: 'sns:Publish', Resource: this.topicArn },
      key.publisherStatement,
    ];

    this.topic = new SnsTopic(this, 'topic', { name, kmsMasterKeyId: key.arn });
    new SnsTopicPolicy(this, 'policy', {
      arn: this.topic.arn,
      policy: policyJson(
        {
          Sid: 'AlarmsOfThisDeployment',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: this.topicArn,
          Condition: deployment.onBehalfOf(alarms),
        },
        {
          Sid: 'FailedRuns',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: this.topicArn,
          // Without a condition: EventBridge does not support one in the policy of a topic
          // (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions).
        },
        tlsOnly(this.topicArn),
      ),
    });
    for (const email of emails) {
      new SnsTopicSubscription(this, email, { topicArn: this.topic.arn, protocol: 'email', endpoint: email });
    }
  }
}
