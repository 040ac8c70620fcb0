/** What attacks aim at and who tries them, by their names in an environment. */
import { policy } from '../../../constructs/policy';
import type { Call } from '../authorization';
import type { EnforcedEnvironment } from '../environments';

export interface Attack extends Call {
  readonly title: string;
  /** The statement that refuses it, if that is what the statement is for: without it the call is allowed. */
  readonly refusedBy?: { readonly document: string; readonly sid: string };
}

/** An account outside the organization. */
export const OUTSIDER = '999999999999';
export const OTHER_ORGANIZATION = 'o-somebodyelse';

/** What an administrator may do: everything that its account lets it do. */
export const everything = policy({ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' });

export function targets(environment: EnforcedEnvironment) {
  const { stack, account, bucket, organization } = environment;
  const role = (part: string) =>
    `arn:aws:iam::${account}:role/${String(stack.resource(`${part}/role`).name)}`;
  const collector = role('collect-reports');
  const reportRoleName = String(stack.resource('report-role/role').name);
  const member = organization().accounts.at(-1)?.id ?? '';
  const reportRole = (of: string) => `arn:aws:iam::${of}:role/${reportRoleName}`;
  const administrator = { principal: `arn:aws:iam::${account}:role/Administrator`, permissions: everything };
  const bucketArn = `arn:aws:s3:::${bucket.name}`;
  const inBucket = (key: string) => `${bucketArn}/${key}`;
  const report = inBucket(`2026-11-22/credentialReport_${member}.csv`);
  const topic = `arn:aws:sns:us-east-1:${account}:${String(stack.resource('alerts/topic').name)}`;
  const alertsKey = String(stack.resource('alerts/topic').kms_master_key_id);
  const functionArn = (handler: string) =>
    `arn:aws:lambda:us-east-1:${account}:function:${String(stack.resource(`${handler}/function`).function_name)}`;
  const queue = `arn:aws:sqs:us-east-1:${account}:${String(stack.resource('schedule/dead-letters/queue').name)}`;
  const machine = `arn:aws:states:us-east-1:${account}:stateMachine:${String(stack.resource('workflow/state-machine').name)}`;

  const asCollector = (
    title: string,
    action: string,
    resource: string,
    of: string,
    context = {},
  ): Attack => ({
    title: `the collector ${title}`,
    principal: collector,
    action,
    resource,
    account: of,
    context,
  });
  const asReportRole = (action: string): Attack => ({
    title: `the report role calls ${action}`,
    principal: reportRole(member),
    action,
    resource: `arn:aws:iam::${member}:user/mallory`,
    account: member,
  });
  const asService = (
    title: string,
    service: string,
    part: string,
    context: Record<string, string>,
  ): Attack => ({
    title,
    principal: service,
    action: 'sts:AssumeRole',
    resource: role(part),
    account,
    context,
  });

  return {
    account,
    bucket,
    bucketArn,
    role,
    collector,
    member,
    reportRole,
    administrator,
    inBucket,
    report,
    topic,
    alertsKey,
    functionArn,
    queue,
    machine,
    asCollector,
    asReportRole,
    asService,
  };
}
