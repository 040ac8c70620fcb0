import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import type { Deployment } from './deployment';

export interface AlertsProps {
  readonly deployment: Deployment;
  /** Who gets a mail; each address has to confirm its subscription once. */
  readonly emails: readonly string[];
}

/** The topic that says when accounts failed or a run broke. */
export class Alerts extends Construct {
  readonly topicArn: string;
  readonly topic: SnsTopic;

  constructor(scope: Construct, id: string, { deployment, emails }: AlertsProps) {
    super(scope, id);
    const name = deployment.nameOf('alerts');
    this.topicArn = deployment.arn('sns', name);

    this.topic = new SnsTopic(this, 'topic', { name });
    for (const email of emails) {
      new SnsTopicSubscription(this, email, { topicArn: this.topic.arn, protocol: 'email', endpoint: email });
    }
  }
}
