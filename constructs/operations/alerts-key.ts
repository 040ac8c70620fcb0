import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import { type Statement, policyJson } from '../policy';

/**
 * What a publisher does with the key of an encrypted topic
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
 */
const PUBLISH = ['kms:GenerateDataKey*', 'kms:Decrypt'];

export interface AlertsKeyProps {
  readonly deployment: Deployment;
  /** ARN pattern of the alarms that may use the key. */
  readonly alarms: string;
}

/**
 * A KMS key for the topic. Alarms cannot publish to a topic under the key that SNS itself has, `alias/aws/sns`:
 * its policy does not let them (https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns).
 */
export class AlertsKey extends Construct {
  readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlertsKeyProps,
  ) {
    super(scope, id);
    const { deployment, alarms } = props;
    const key = new KmsKey(this, 'key', {
      description: `Alerts of IAM credential reports of ${deployment.environment}`,
      enableKeyRotation: true,
      policy: policyJson(
        {
          // What KMS gives every key that has no policy of its own
          // (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html).
          Sid: 'PoliciesOfTheOwner',
          Effect: 'Allow',
          Principal: deployment.accountPrincipal(),
          Action: 'kms:*',
          // In the policy of a key the key is the only resource there is.
          Resource: '*',
        },
        {
          Sid: 'AlarmsOfThisDeployment',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: PUBLISH,
          Resource: '*',
          Condition: deployment.onBehalfOf(alarms),
        },
      ),
    });
    new KmsAlias(this, 'alias', {
      name: `alias/${deployment.nameOf('alerts')}`,
      targetKeyId: key.keyId,
    });
    this.arn = key.arn;
  }

  /** What a role needs that publishes to the topic: SNS asks KMS in its name. */
  get publisherStatement(): Statement {
    return {
      Sid: 'UseAlertsKey',
      Effect: 'Allow',
      Action: PUBLISH,
      Resource: this.arn,
      Condition: { StringEquals: { 'kms:ViaService': this.props.deployment.endpoint('sns') } },
    };
  }
}
