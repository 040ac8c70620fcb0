import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import { accountStatement, DELETION_WINDOW_DAYS } from '../key-policy';
import { type Statement, policyJson } from '../policy';

/**
 * What a publisher to an encrypted topic needs to do with its key
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
 */
const PUBLISH = ['kms:GenerateDataKey*', 'kms:Decrypt'];

/** Options of {@link AlertsKey}. */
export interface AlertsKeyProps {
  readonly deployment: Deployment;
  /** ARN pattern of the alarms that may use the key. */
  readonly alarms: string;
}

/**
 * A KMS key for the topic. Alarms cannot publish to a topic that is encrypted with the AWS managed key `alias/aws/sns`,
 * because its policy does not allow them to (https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns).
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
      deletionWindowInDays: DELETION_WINDOW_DAYS,
      policy: policyJson(
        accountStatement(deployment),
        {
          Sid: 'AlarmsOfThisDeployment',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: PUBLISH,
          Resource: '*',
          Condition: deployment.onBehalfOf(alarms),
        },
        {
          Sid: 'FailedRuns',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: PUBLISH,
          Resource: '*',
          // Without a condition: `aws:SourceAccount` and `aws:SourceArn` are not supported when EventBridge publishes to an
          // encrypted topic (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
        },
      ),
    });
    new KmsAlias(this, 'alias', {
      name: `alias/${deployment.nameOf('alerts')}`,
      targetKeyId: key.keyId,
    });
    this.arn = key.arn;
  }

  /** Lets a role that publishes to the topic use the key: SNS calls KMS on its behalf. */
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
