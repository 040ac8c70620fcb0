import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Construct } from 'constructs';
import type { RunSettings } from '../../handlers/shared/events';
import type { Alerts } from '../alerts/alerts';
import type { Chat } from '../alerts/chat';
import { assertOptions } from '../assert-options';
import type { Deployment } from '../deployment';
import type { HandlerFunction } from '../functions/handler-function';
import { type Metric, type WorkflowMetricName, workflowMetric } from '../metric';
import { policyJson, serviceTrust } from '../policy';
import type { Scale } from '../environment/environment';
import { traceWorkflow } from '../tracing';
import { workflowDefinition } from './workflow-definition';

/** Options of {@link Workflow}. */
export interface WorkflowProps {
  readonly deployment: Deployment;
  readonly alerts: Alerts;
  /** @default - nothing is published for chats */
  readonly chat?: Chat | undefined;
  readonly listAccounts: HandlerFunction;
  readonly collectReports: HandlerFunction;
  readonly summarizeRun: HandlerFunction;
  /** @default - other systems get nothing of a run */
  readonly exportResults?: HandlerFunction | undefined;
  /** Settings of every run; `list-accounts` accepts no others. */
  readonly settings: RunSettings;
  readonly logRetentionDays: number;
  /**
   * KMS key of the log group.
   * @default - CloudWatch Logs manages the key
   */
  readonly operationsKeyArn?: string | undefined;
  /** How the work is divided into batches. */
  readonly scale: Scale;
}

/** The state machine and its permissions. */
export class Workflow extends Construct {
  readonly functions: readonly HandlerFunction[];
  readonly arn: string;
  readonly stateMachine: SfnStateMachine;
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id);
    const { deployment, alerts, chat, listAccounts, collectReports, summarizeRun, exportResults } = props;
    assertOptions(this, { scale: props.scale, waiting: props.settings.waiting });
    this.functions = [listAccounts, collectReports, summarizeRun, ...(exportResults ? [exportResults] : [])];
    const name = deployment.name;
    this.arn = deployment.stateMachineArn;
    // Child executions of the Distributed Map belong to NAME/LABEL, which NAME:* does not match.
    const children = deployment.arn('states', `execution:${name}/*`);

    const role = new IamRole(this, 'role', {
      ...deployment.roleSettings,
      name: deployment.nameOf('workflow'),
      assumeRolePolicy: serviceTrust('states.amazonaws.com', deployment.accountId),
    });
    const policy = new IamRolePolicy(this, 'policy', {
      name: 'workflow',
      role: role.name,
      policy: policyJson(
        {
          Sid: 'InvokeFunctions',
          Effect: 'Allow',
          Action: 'lambda:InvokeFunction',
          Resource: this.functions.map(({ arn }) => arn),
        },
        ...alerts.publisherStatements,
        ...(chat?.publisherStatements ?? []),
        { Sid: 'StartBatches', Effect: 'Allow', Action: 'states:StartExecution', Resource: this.arn },
        {
          Sid: 'FollowBatches',
          Effect: 'Allow',
          Action: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
          Resource: [deployment.executionsArn, children],
        },
        {
          Sid: 'DeliverLog',
          Effect: 'Allow',
          Action: [
            'logs:CreateLogDelivery',
            'logs:GetLogDelivery',
            'logs:UpdateLogDelivery',
            'logs:DeleteLogDelivery',
            'logs:ListLogDeliveries',
            'logs:PutResourcePolicy',
            'logs:DescribeResourcePolicies',
            'logs:DescribeLogGroups',
          ],
          // The actions for log delivery do not support resource-level permissions
          // (https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html).
          Resource: '*',
        },
        traceWorkflow,
      ),
    });
    // Log groups with this prefix do not count against the size limit of the account's log resource policy.
    this.logGroupName = `/aws/vendedlogs/states/${name}`;
    const logs = new CloudwatchLogGroup(this, 'logs', {
      name: this.logGroupName,
      retentionInDays: props.logRetentionDays,
      kmsKeyId: props.operationsKeyArn,
    });
    this.stateMachine = new SfnStateMachine(this, 'state-machine', {
      name,
      type: 'STANDARD',
      roleArn: role.arn,
      definition: JSON.stringify(
        workflowDefinition({
          partition: deployment.partition,
          topicArn: alerts.topicArn,
          chatTopicArn: chat?.topicArn,
          listAccounts,
          collectReports,
          summarizeRun,
          exportResults,
          settings: props.settings,
          scale: props.scale,
        }),
        null,
        2,
      ),
      loggingConfiguration: {
        level: 'ERROR',
        includeExecutionData: false,
        logDestination: `${deployment.arn('logs', `log-group:${logs.name}`)}:*`,
      },
      tracingConfiguration: { enabled: true },
      // Terraform sees the ARNs as plain text: without this, a schedule could start a workflow before its parts exist.
      dependsOn: [
        policy,
        logs,
        alerts.topic,
        ...(chat ? [chat.topic] : []),
        ...this.functions.map(({ resource }) => resource),
      ],
    });
  }

  /** A metric of the state machine, such as of the runs that failed. */
  metric(name: WorkflowMetricName): Metric {
    return workflowMetric(this.arn, name);
  }
}
