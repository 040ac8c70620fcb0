import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import { type Statement, policyJson } from '../policy';

/**
 * The longest retention that SQS offers, s
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html).
 */
const RETENTION_SECONDS = 14 * 86_400;

/**
 * Far more than a start needs, bytes. Set, because the defaults of SQS and of the provider differ: 1 MiB and 256 KiB
 * (https://github.com/hashicorp/terraform-provider-aws/issues/43692).
 */
const MESSAGE_BYTES = 256 * 1024;

/** Options of {@link DeadLetters}. */
export interface DeadLettersProps {
  readonly deployment: Deployment;
  /** The only role that may send messages to the queue. */
  readonly senderRoleArn: string;
}

/** The queue for runs that the schedule could not start, encrypted with a key that SQS manages. */
export class DeadLetters extends Construct {
  readonly queueName: string;
  readonly arn: string;
  /** Lets the role of the sender use the queue. */
  readonly senderStatement: Statement;

  constructor(scope: Construct, id: string, { deployment, senderRoleArn }: DeadLettersProps) {
    super(scope, id);
    this.queueName = deployment.nameOf('dead-letters');
    this.arn = deployment.arn('sqs', this.queueName);
    this.senderStatement = {
      Sid: 'SendFailedStart',
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: this.arn,
    };
    const queue = new SqsQueue(this, 'queue', {
      name: this.queueName,
      messageRetentionSeconds: RETENTION_SECONDS,
      maxMessageSize: MESSAGE_BYTES,
      sqsManagedSseEnabled: true,
    });
    new SqsQueuePolicy(this, 'policy', {
      queueUrl: queue.url,
      policy: policyJson(
        {
          Sid: 'ScheduleOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: 'sqs:SendMessage',
          Resource: this.arn,
          // This also denies AWS services, whose requests have no such ARN.
          Condition: { ArnNotEquals: { 'aws:PrincipalArn': senderRoleArn } },
        },
        {
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: 'sqs:*',
          Resource: this.arn,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ),
    });
  }
}
