/** What the plan role may read of a stack. */
import type { PolicyDocument } from '../../constructs/policy';
import { planPolicyText } from '../plan-comment/example';
import { SynthesizedStack } from '../support/synthesized-stack';
import { roleMay } from './role-decision';

/** The account that docs/plan-role-permissions.json stands for. */
export const ACCOUNT = '111111111111';

/** An environment that has every kind of resource. */
const environment = {
  organizationId: 'o-exampleorg1',
  roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] },
  athena: true,
};

/** By type of a resource: an action that reads it, the attribute that names it, and what comes before the name. */
const kinds: [type: string, action: string, attribute: string, prefix: string][] = [
  ['aws_lambda_function', 'lambda:GetFunction', 'function_name', 'lambda:eu-west-1:ACCOUNT:function:'],
  ['aws_sfn_state_machine', 'states:DescribeStateMachine', 'name', 'states:eu-west-1:ACCOUNT:stateMachine:'],
  ['aws_sns_topic', 'sns:GetTopicAttributes', 'name', 'sns:eu-west-1:ACCOUNT:'],
  ['aws_cloudwatch_event_rule', 'events:DescribeRule', 'name', 'events:eu-west-1:ACCOUNT:rule/'],
  ['aws_sqs_queue', 'sqs:GetQueueAttributes', 'name', 'sqs:eu-west-1:ACCOUNT:'],
  ['aws_iam_role', 'iam:GetRole', 'name', 'iam::ACCOUNT:role/'],
  [
    'aws_scheduler_schedule',
    'scheduler:GetSchedule',
    'name',
    'scheduler:eu-west-1:ACCOUNT:schedule/default/',
  ],
  ['aws_glue_catalog_database', 'glue:GetDatabase', 'name', 'glue:eu-west-1:ACCOUNT:database/'],
  ['aws_athena_workgroup', 'athena:GetWorkGroup', 'name', 'athena:eu-west-1:ACCOUNT:workgroup/'],
  ['aws_cloudwatch_log_group', 'logs:ListTagsForResource', 'name', 'logs:eu-west-1:ACCOUNT:log-group:'],
  [
    'aws_cloudwatch_metric_alarm',
    'cloudwatch:DescribeAlarms',
    'alarm_name',
    'cloudwatch:eu-west-1:ACCOUNT:alarm:',
  ],
  ['aws_cloudwatch_dashboard', 'cloudwatch:GetDashboard', 'dashboard_name', 'cloudwatch::ACCOUNT:dashboard/'],
  [
    'aws_cloudformation_stack_set',
    'cloudformation:DescribeStackSet',
    'name',
    'cloudformation:eu-west-1:ACCOUNT:stackset/',
  ],
  ['aws_s3_bucket', 's3:GetBucketPolicy', 'bucket', 's3:::'],
];

/** One call for every resource that has a name. */
export function reads(): { action: string; resource: string }[] {
  const { resource } = new SynthesizedStack(environment, 'production').json;
  return kinds.flatMap(([type, action, attribute, prefix]) =>
    Object.values(resource[type] ?? {}).map((properties) => ({
      action,
      resource: `arn:aws:${prefix}${String(properties[attribute])}`
        .replace('ACCOUNT', ACCOUNT)
        .replace(/\$\{.*?\}/, ACCOUNT)
        .replace(/(:stackset\/.*)/, '$1:5e1d2f3a'),
    })),
  );
}

/** @throws when the action takes no such resource */
export function planRoleMay(action: string, resource: string): Promise<boolean> {
  const permissions = JSON.parse(planPolicyText()) as PolicyDocument;
  return roleMay(
    { name: 'iam-credential-reports-plan', permissions },
    { account: ACCOUNT, action, resource },
  );
}
