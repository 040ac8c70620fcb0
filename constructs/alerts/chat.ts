import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import { type Statement, policyJson } from '../policy';
import type { Alerts } from './alerts';
import { tlsOnly } from './tls-only';

/** Options of {@link Chat}. */
export interface ChatProps {
  readonly deployment: Deployment;
  /** Has the key that encrypts this topic too. */
  readonly alerts: Alerts;
}

/**
 * The topic for chats, encrypted with the key of the alerts. It is not that of the alerts: whoever receives emails would
 * get JSON, and a chat would refuse what is not a notification for it. Only the workflow may publish to it.
 */
export class Chat extends Construct {
  readonly topicArn: string;
  readonly topic: SnsTopic;
  /** Let a role of this account publish to the topic, if it may use the key of the alerts. */
  readonly publisherStatements: readonly Statement[];

  constructor(scope: Construct, id: string, { deployment, alerts }: ChatProps) {
    super(scope, id);
    const name = deployment.nameOf('chat');
    this.topicArn = deployment.arn('sns', name);
    this.publisherStatements = [
      { Sid: 'PublishChatMessage', Effect: 'Allow', Action: 'sns:Publish', Resource: this.topicArn },
    ];
    this.topic = new SnsTopic(this, 'topic', { name, kmsMasterKeyId: alerts.keyArn });
    new SnsTopicPolicy(this, 'policy', { arn: this.topic.arn, policy: policyJson(tlsOnly(this.topicArn)) });
  }
}
