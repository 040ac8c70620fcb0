import { CloudwatchEventBus } from '@cdktf/provider-aws/lib/cloudwatch-event-bus';
import { Construct } from 'constructs';
import { EVENT_SOURCE, eventTypes } from '../../handlers/shared/event-names';
import type { Deployment } from '../deployment';
import type { ExportOptions } from '../environment/exports';
import type { Statement } from '../policy';

/** Options of {@link EventBus}. */
export interface EventBusProps {
  readonly deployment: Deployment;
  /** The bus of the account, or one of its own. */
  readonly bus: Exclude<ExportOptions['events'], 'none'>;
}

/** The event bus that results are sent to. */
export class EventBus extends Construct {
  readonly arn: string;
  /** Lets a role send these events, and no others. */
  readonly senderStatement: Statement;
  /** The bus, if it is one of its own. */
  readonly resource: CloudwatchEventBus | undefined;

  constructor(scope: Construct, id: string, { deployment, bus }: EventBusProps) {
    super(scope, id);
    const name = bus === 'own' ? deployment.name : 'default';
    this.arn = deployment.arn('events', `event-bus/${name}`);
    this.resource =
      bus === 'own'
        ? new CloudwatchEventBus(this, 'bus', { name, description: 'Results of IAM credential reports' })
        : undefined;
    this.senderStatement = {
      Sid: 'SendEvents',
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: this.arn,
      // Both have several values (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html),
      // and no call is without: the API requires them.
      Condition: {
        'ForAllValues:StringEquals': { 'events:source': EVENT_SOURCE, 'events:detail-type': eventTypes },
      },
    };
  }
}
