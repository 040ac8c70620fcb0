/** Calls that only a condition refuses. */
import type { EnforcedEnvironment } from '../environments';
import { HANDLERS } from '../functions';
import { type Attack, OUTSIDER, targets } from './targets';

export function attacksOnConditions(environment: EnforcedEnvironment): Attack[] {
  const { account, bucket, bucketArn, role, administrator, report, topic, alertsKey, asCollector } =
    targets(environment);
  return [
    ...[
      [OUTSIDER, String(environment.stack.resource('alarms/did-not-run').alarm_name), 'of another account'],
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
      title: 'summarize-run lists reports',
      principal: role('summarize-run'),
      action: 's3:ListBucket',
      resource: bucketArn,
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
          ...['2026-11-22/credentialReport_', 'report-packs/2026-11-22/run/'].map((prefix) => ({
            ...administrator,
            title: `another role of the collecting account lists ${prefix} in the logging account`,
            action: 's3:ListBucket',
            resource: bucketArn,
            account: bucket.account,
            context: { 's3:prefix': prefix },
          })),
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
  ];
}
