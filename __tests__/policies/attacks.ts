/** What somebody would try who got hold of a role, or of a role or service elsewhere. */
import { policy } from '../../constructs/policy';
import type { Call } from './authorization';
import type { EnforcedEnvironment } from './environments';
import { HANDLERS } from './functions';

const OUTSIDER = '999999999999';
const OTHER_ORGANIZATION = 'o-somebodyelse';

/** An administrator: may do everything that its account lets it do. */
const everything = policy({ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' });

const s3 = 'arn:aws:s3:::';
const withoutTls = { 'aws:SecureTransport': 'false' };

export interface Attack extends Call {
  readonly title: string;
  /** The statement that refuses it, if that is what the statement is for: without it the call is allowed. */
  readonly refusedBy?: { readonly document: string; readonly sid: string };
}

export function attacks({ stack, account, bucket, organization }: EnforcedEnvironment): Attack[] {
  const role = (part: string) =>
    `arn:aws:iam::${account}:role/${String(stack.resource(`${part}/role`).name)}`;
  const collector = role('collect-reports');
  const reportRoleName = String(stack.resource('report-role/role').name);
  const member = organization().accounts.at(-1)?.id ?? '';
  const reportRole = (of: string) => `arn:aws:iam::${of}:role/${reportRoleName}`;
  const administrator = { principal: `arn:aws:iam::${account}:role/Administrator`, permissions: everything };
  const inBucket = (key: string) => `${s3}${bucket.name}/${key}`;
  const report = inBucket(`2026-11-22/credentialReport_${member}.csv`);
  const topic = `arn:aws:sns:us-east-1:${account}:${String(stack.resource('alerts/topic').name)}`;
  const alertsKey = String(stack.resource('alerts/topic').kms_master_key_id);
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

  return [
    asCollector(
      'takes another role of an account',
      'sts:AssumeRole',
      `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`,
      member,
    ),
    asCollector('takes the role in another organization', 'sts:AssumeRole', reportRole(OUTSIDER), OUTSIDER, {
      'aws:ResourceOrgID': OTHER_ORGANIZATION,
    }),
    asCollector('takes the role of the workflow', 'sts:AssumeRole', role('workflow'), account),
    asCollector('reads a report', 's3:GetObject', report, bucket.account),
    asCollector('deletes a report', 's3:DeleteObject', report, bucket.account),
    asCollector('deletes a version of a report', 's3:DeleteObjectVersion', report, bucket.account),
    asCollector('lists the bucket', 's3:ListBucket', `${s3}${bucket.name}`, bucket.account, {
      's3:prefix': '',
    }),
    asCollector(
      'writes a manifest',
      's3:PutObject',
      inBucket('runs/2026-11-22/run/manifest.json'),
      bucket.account,
    ),
    asCollector(
      'writes the ledger',
      's3:PutObject',
      inBucket('runs/2026-11-22/run/ledger.json'),
      bucket.account,
    ),
    asCollector('opens the bucket', 's3:PutBucketPolicy', `${s3}${bucket.name}`, bucket.account),
    asCollector(
      'stores reports in another bucket',
      's3:PutObject',
      `${s3}elsewhere/2026-11-22/credentialReport_${member}.csv`,
      OUTSIDER,
    ),
    asCollector('makes a user', 'iam:CreateUser', `arn:aws:iam::${account}:user/mallory`, account),
    asCollector('widens its own permissions', 'iam:PutRolePolicy', collector, account),
    asCollector('opens its role', 'iam:UpdateAssumeRolePolicy', collector, account),
    asCollector('lists the organization', 'organizations:ListAccounts', '*', account),
    asCollector('starts a run', 'states:StartExecution', machine, account),
    asCollector('sends a message', 'sns:Publish', topic, account),
    ...[
      'iam:CreateUser',
      'iam:CreateAccessKey',
      'iam:AttachUserPolicy',
      'iam:ListAccessKeys',
      'iam:GetUser',
    ].map(asReportRole),

    ...[member, account].flatMap((of): Attack[] => [
      {
        ...administrator,
        title: `another role of the collecting account takes the report role of ${of}`,
        action: 'sts:AssumeRole',
        resource: reportRole(of),
        account: of,
      },
      {
        title: `a role of the same name in another account takes the report role of ${of}`,
        principal: collector.replace(account, OUTSIDER),
        permissions: everything,
        action: 'sts:AssumeRole',
        resource: reportRole(of),
        account: of,
      },
      asCollector(
        `takes the report role of ${of} after its own account left the organization`,
        'sts:AssumeRole',
        reportRole(of),
        of,
        { 'aws:PrincipalOrgID': OTHER_ORGANIZATION },
      ),
    ]),

    ...HANDLERS.map((handler) =>
      asService(
        `AWS Lambda takes the role of ${handler} for another account`,
        'lambda.amazonaws.com',
        handler,
        {
          'aws:SourceAccount': OUTSIDER,
        },
      ),
    ),
    asService('another service takes the collector’s role', 'ec2.amazonaws.com', 'collect-reports', {
      'aws:SourceAccount': account,
    }),
    asService(
      'Step Functions takes the workflow’s role for another account',
      'states.amazonaws.com',
      'workflow',
      {
        'aws:SourceAccount': OUTSIDER,
      },
    ),
    asService(
      'a schedule of another group takes the schedule’s role',
      'scheduler.amazonaws.com',
      'schedule',
      {
        'aws:SourceAccount': account,
        'aws:SourceArn': `arn:aws:scheduler:us-east-1:${account}:schedule-group/others`,
      },
    ),
    ...[
      [OUTSIDER, String(stack.resource('alarms/did-not-run').alarm_name), 'of another account'],
      [account, 'somebody-elses', 'that is none of the deployment'],
    ].flatMap(([of = '', alarm = '', whose = '']): Attack[] =>
      [
        { action: 'sns:Publish', resource: topic },
        { action: 'kms:Decrypt', resource: alertsKey },
      ].map((call) => ({
        ...call,
        title: `an alarm ${whose} calls ${call.action}`,
        principal: 'cloudwatch.amazonaws.com',
        account,
        context: {
          'aws:SourceAccount': of,
          'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${of}:alarm:${alarm}`,
        },
      })),
    ),

    {
      title: 'summarise-run lists reports',
      principal: role('summarise-run'),
      action: 's3:ListBucket',
      resource: `${s3}${bucket.name}`,
      account: bucket.account,
      context: { 's3:prefix': '2026-11-22/' },
    },
    {
      title: 'the workflow decrypts past SNS',
      principal: role('workflow'),
      action: 'kms:Decrypt',
      resource: alertsKey,
      account,
    },

    ...(bucket.account === account
      ? []
      : [
          {
            ...administrator,
            title: 'another role of the collecting account reads reports in the logging account',
            action: 's3:GetObject',
            resource: report,
            account: bucket.account,
          },
          {
            ...administrator,
            title: 'another role of the collecting account stores reports in the logging account',
            action: 's3:PutObject',
            resource: report,
            account: bucket.account,
          },
        ]),
    ...(bucket.keyArn === undefined
      ? []
      : [
          ...HANDLERS.map((handler) => ({
            title: `${handler} uses the key past S3`,
            principal: role(handler),
            action: 'kms:GenerateDataKey',
            resource: String(bucket.keyArn),
            account: bucket.account,
          })),
          asCollector('deletes the key', 'kms:ScheduleKeyDeletion', bucket.keyArn, bucket.account),
        ]),

    {
      ...asCollector('stores a report without TLS', 's3:PutObject', report, bucket.account, withoutTls),
      refusedBy: { document: 'report-bucket/policy', sid: 'TlsOnly' },
    },
    {
      title: 'the workflow sends a message without TLS',
      principal: role('workflow'),
      action: 'sns:Publish',
      resource: topic,
      account,
      context: withoutTls,
      refusedBy: { document: 'alerts/policy', sid: 'TlsOnly' },
    },
    {
      title: 'the schedule keeps a failed start without TLS',
      principal: role('schedule'),
      action: 'sqs:SendMessage',
      resource: queue,
      account,
      context: withoutTls,
      refusedBy: { document: 'schedule/dead-letters/policy', sid: 'TlsOnly' },
    },
    {
      ...administrator,
      title: 'another role of the account puts a message into the queue',
      action: 'sqs:SendMessage',
      resource: queue,
      account,
      refusedBy: { document: 'schedule/dead-letters/policy', sid: 'ScheduleOnly' },
    },
  ];
}

/** An administrator of the collecting account tries all that the policies of bucket and key allow to others. */
export function administratorAttacks({ deployed, account, bucket }: EnforcedEnvironment): Attack[] {
  return ['report-bucket/policy', 'report-key/policy'].flatMap((document) =>
    (deployed.documents.get(document)?.Statement ?? []).flatMap(({ Sid, Effect, Action, Resource = [] }) =>
      Effect === 'Deny' || Sid === 'PoliciesOfTheOwner'
        ? []
        : [Action].flat().map((action) => ({
            title: `another role of the collecting account uses ${Sid}`,
            principal: `arn:aws:iam::${account}:role/Administrator`,
            permissions: everything,
            action,
            resource:
              document === 'report-key/policy'
                ? String(bucket.keyArn)
                : String([Resource].flat()[0]).replaceAll('*', 'x'),
            account: bucket.account,
            context: { 's3:prefix': 'runs/', 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
          })),
    ),
  );
}
