/** Calls that only a condition denies. */
import { exportResultsSettings } from '../../../handlers/export-results/settings';
import { prefixes, runOf } from '../../../handlers/shared/bucket-layout';
import { operationsKeyOf } from '../authorization';
import type { EnforcedEnvironment } from '../environments';
import { HANDLERS } from '../functions';
import { type Attack, DATE, OUTSIDER, OWN_KEYS, targets } from './targets';

/** Lets a function give its objects to the owner of the bucket. */
const GIVEN = 'GiveToBucketOwnerOfListAccounts';

export function attacksOnConditions(environment: EnforcedEnvironment): Attack[] {
  const { account, bucket, bucketArn, role, administrator, report, topic, alertsKey, asCollector, inBucket } =
    targets(environment);
  const operationsKey = operationsKeyOf(environment.stack);
  const { environment: exporter } = environment.stack.resource('export-results/function') as unknown as {
    environment: { variables: Record<string, string> };
  };
  const bus = exporter.variables[exportResultsSettings.eventBus.variable] ?? '';
  return [
    ...[
      [OUTSIDER, String(environment.stack.resource('alarms/did-not-run').alarm_name), 'of another account'],
      [account, 'another-alarm', 'of another deployment'],
    ].flatMap(([owner = '', alarm = '', which = '']): Attack[] =>
      [
        { action: 'sns:Publish', resource: topic },
        { action: 'kms:Decrypt', resource: alertsKey },
      ].map((call) => ({
        ...call,
        title: `an alarm ${which} calls ${call.action}`,
        principal: 'cloudwatch.amazonaws.com',
        account,
        context: {
          'aws:SourceAccount': owner,
          'aws:SourceArn': `arn:aws:cloudwatch:us-east-1:${owner}:alarm:${alarm}`,
        },
      })),
    ),

    {
      title: 'summarize-run lists a whole date',
      principal: role('summarize-run'),
      action: 's3:ListBucket',
      resource: bucketArn,
      account: bucket.account,
      context: { 's3:prefix': `${bucket.prefix}${DATE}/` },
    },
    ...[
      { what: 'of another source', source: 'payroll', type: 'RunSummarized', on: bus },
      { what: 'of another type', source: 'iam-credential-reports', type: 'Payment', on: bus },
      { what: 'to another bus', source: 'iam-credential-reports', type: 'RunSummarized', on: `${bus}-2` },
    ].map(({ what, source, type, on }) => ({
      title: `export-results sends an event ${what}`,
      principal: role('export-results'),
      action: 'events:PutEvents',
      resource: on,
      account,
      context: { 'events:source': [source], 'events:detail-type': [type] },
    })),
    {
      title: 'export-results reads a report',
      principal: role('export-results'),
      action: 's3:GetObject',
      resource: report,
      account: bucket.account,
    },
    {
      title: 'the workflow decrypts without SNS',
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
          ...[prefixes.reports(DATE), prefixes.reviews(runOf(DATE, 'run'))].map((prefix) => ({
            ...administrator,
            title: `another role of the collecting account lists ${prefix} in the logging account`,
            action: 's3:ListBucket',
            resource: bucketArn,
            account: bucket.account,
            context: { 's3:prefix': `${bucket.prefix}${prefix}` },
          })),
        ]),
    ...(environment.deployed.statement({ document: 'report-bucket/policy', sid: GIVEN })
      ? HANDLERS.flatMap((handler) =>
          ['private', 'public-read'].map((acl) => ({
            title: `${handler} gives one of its objects the ACL ${acl}`,
            principal: role(handler),
            action: 's3:PutObjectAcl',
            resource: inBucket(OWN_KEYS[handler] ?? ''),
            account: bucket.account,
            context: { 's3:x-amz-acl': acl },
          })),
        )
      : []),
    ...(operationsKey === undefined
      ? []
      : [...HANDLERS, 'schedule'].map((part) => ({
          title: `${part} decrypts what is not its own with the key of logs and variables`,
          principal: role(part),
          action: 'kms:Decrypt',
          resource: operationsKey,
          account,
          context: {
            'kms:EncryptionContext:aws:lambda:FunctionArn': `arn:aws:lambda:us-east-1:${account}:function:payroll`,
          },
        }))),
    ...(bucket.keyArn === undefined
      ? []
      : [
          ...HANDLERS.map((handler) => ({
            title: `${handler} uses the key without S3`,
            principal: role(handler),
            action: 'kms:GenerateDataKey',
            resource: String(bucket.keyArn),
            account: bucket.account,
          })),
          asCollector('deletes the key', 'kms:ScheduleKeyDeletion', bucket.keyArn, bucket.account),
        ]),
  ];
}
