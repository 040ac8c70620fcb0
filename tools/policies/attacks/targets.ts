/** The resources that attacks target and the principals that try them, in one environment. */
import { policy } from '../../../constructs/policy';
import { keys, prefixes, runOf } from '../../../handlers/shared/bucket-layout';
import type { Call } from '../authorization';
import type { EnforcedEnvironment } from '../environments';

export interface Attack extends Call {
  readonly title: string;
  /** The statement that exists to deny this call: without it, the call is allowed. */
  readonly deniedBy?: { readonly document: string; readonly sid: string };
}

/** An account outside the organization. */
export const OUTSIDER = '999999999999';
export const OTHER_ORGANIZATION = 'o-anotherorg1';

/** Date of the run that attacks target. */
export const DATE = '2026-11-22';

/** A key that each function may write. */
export const OWN_KEYS: Readonly<Record<string, string>> = {
  'list-accounts': keys.ledger(runOf(DATE, 'daily')),
  'collect-reports': keys.report(DATE, '123456789012'),
  'summarize-run': `${prefixes.runs}x`,
  'export-results': keys.ocsf(runOf(DATE, 'daily')),
};

/** Permissions of an administrator. */
export const everything = policy({ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' });

export function targets(environment: EnforcedEnvironment) {
  const { stack, account, bucket, organization } = environment;
  const role = (part: string) => stack.roleArn(`${part}/role`, account);
  const collector = role('collect-reports');
  const member = organization().accounts.at(-1)?.id ?? '';
  const reportRole = (of: string) => stack.roleArn('report-role/role', of);
  const administrator = { principal: `arn:aws:iam::${account}:role/Administrator`, permissions: everything };
  const bucketArn = `arn:aws:s3:::${bucket.name}`;
  const inBucket = (key: string) => `${bucketArn}/${bucket.prefix}${key}`;
  const report = inBucket(keys.report(DATE, member));
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
