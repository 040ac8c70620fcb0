/** The attacker controls the role of a function, or the report role of an account. */
import { keys, runOf } from '../../../handlers/shared/bucket-layout';
import type { EnforcedEnvironment } from '../environments';
import { type Attack, DATE, OTHER_ORGANIZATION, OUTSIDER, targets } from './targets';

const RUN = runOf(DATE, 'run');

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
    asLister('assumes the report role of an account', 'sts:AssumeRole', reportRole(member), member),
    asLister('invokes export-results', 'lambda:InvokeFunction', functionArn('export-results'), account),
    asLister('invokes summarize-run', 'lambda:InvokeFunction', functionArn('summarize-run'), account),
    asLister(
      'turns central root access off',
      'iam:DisableOrganizationsRootCredentialsManagement',
      '*',
      account,
    ),
    asCollector('reads a ledger', 's3:GetObject', inBucket(keys.ledger(RUN)), bucket.account),
    asCollector('reads a review', 's3:GetObject', inBucket(keys.reviews(RUN, 1, 0)), bucket.account),
    asCollector('invokes itself', 'lambda:InvokeFunction', functionArn('collect-reports'), account),
    asCollector('invokes list-accounts', 'lambda:InvokeFunction', functionArn('list-accounts'), account),
    asCollector(
      'assumes another role of an account',
      'sts:AssumeRole',
      `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`,
      member,
    ),
    asCollector(
      'assumes the report role in another organization',
      'sts:AssumeRole',
      reportRole(OUTSIDER),
      OUTSIDER,
      {
        'aws:ResourceOrgID': OTHER_ORGANIZATION,
      },
    ),
    asCollector('assumes the role of the workflow', 'sts:AssumeRole', role('workflow'), account),
    asCollector('reads a report', 's3:GetObject', report, bucket.account),
    asCollector('deletes a report', 's3:DeleteObject', report, bucket.account),
    asCollector('deletes a version of a report', 's3:DeleteObjectVersion', report, bucket.account),
    asCollector('opens the bucket to others', 's3:PutBucketPolicy', bucketArn, bucket.account),
    asCollector(
      'stores reports in another bucket',
      's3:PutObject',
      `arn:aws:s3:::elsewhere/${bucket.prefix}${keys.report(DATE, member)}`,
      OUTSIDER,
    ),
    asCollector('creates a user', 'iam:CreateUser', `arn:aws:iam::${account}:user/mallory`, account),
    asCollector('extends its own permissions', 'iam:PutRolePolicy', collector, account),
    asCollector('lets others assume its role', 'iam:UpdateAssumeRolePolicy', collector, account),
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
