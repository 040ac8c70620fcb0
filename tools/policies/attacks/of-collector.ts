/** Somebody got hold of the collector’s role, or of the report role of an account. */
import type { EnforcedEnvironment } from '../environments';
import { type Attack, OTHER_ORGANIZATION, OUTSIDER, targets } from './targets';

export function attacksOfCollector(environment: EnforcedEnvironment): Attack[] {
  const {
    account,
    bucket,
    bucketArn,
    role,
    collector,
    member,
    reportRole,
    inBucket,
    report,
    topic,
    machine,
    asCollector,
    asReportRole,
    functionArn,
  } = targets(environment);
  const asLister = (title: string, action: string, resource: string, of: string): Attack => ({
    title: `list-accounts ${title}`,
    principal: role('list-accounts'),
    action,
    resource,
    account: of,
  });
  return [
    asLister('takes the report role of an account', 'sts:AssumeRole', reportRole(member), member),
    asLister('has reports collected', 'lambda:InvokeFunction', functionArn('collect-reports'), account),
    asLister('summarizes a run', 'lambda:InvokeFunction', functionArn('summarize-run'), account),
    asCollector(
      'reads the copy of a small report',
      's3:GetObject',
      inBucket('report-packs/2026-11-22/run/00001-00000.json'),
      bucket.account,
    ),
    asCollector('has accounts asked', 'lambda:InvokeFunction', functionArn('request-reports'), account),
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
    asCollector('lists the bucket', 's3:ListBucket', bucketArn, bucket.account, {
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
    asCollector('opens the bucket', 's3:PutBucketPolicy', bucketArn, bucket.account),
    asCollector(
      'stores reports in another bucket',
      's3:PutObject',
      `arn:aws:s3:::elsewhere/2026-11-22/credentialReport_${member}.csv`,
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
  ];
}
