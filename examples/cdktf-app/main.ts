import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  CredentialReportStack,
  CredentialReports,
  Deployment,
  ReportBucket,
  defaultOptions,
  readEnvironments,
} from 'iam-credential-reports';

const app = new App();

// The whole: a stack for each file in environments/, as in a clone of the project.
for (const [name, environment] of readEnvironments('environments')) {
  new CredentialReportStack(app, name, environment);
}

// The collection as a part of your own stack, with your provider, backend, alarms and readers.
const stack = new TerraformStack(app, 'audit');
new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
const { accountId } = new DataAwsCallerIdentity(stack, 'caller');
const reports = new CredentialReports(stack, 'credential-reports', {
  deployment: new Deployment('audit', 'eu-central-1', accountId),
  organizationId: 'o-exampleorg1',
  roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] },
  reportRoleName: 'audit-report-role',
  alertEmails: ['security@example.com'],
  checks: { ...defaultOptions.checks, rotationDays: 60 },
  tags: { team: 'security' },
});
const auditor = new IamRole(stack, 'auditor', {
  name: 'auditor',
  assumeRolePolicy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'sts:AssumeRole',
      },
    ],
  }),
});
reports.grantRead(auditor);
reports
  .metric('AccountsFailed')
  .createAlarm(stack, 'many-failed', { alarmName: 'many-accounts-failed', threshold: 10 });

// A single part: a bucket that keeps evidence for ten years.
const archive = new TerraformStack(app, 'archive');
new AwsProvider(archive, 'aws', { region: 'eu-central-1' });
new ReportBucket(archive, 'bucket', {
  deployment: new Deployment('archive', 'eu-central-1', '111111111111'),
  name: 'example-credential-report-archive',
  retentionDays: 3650,
  objectLock: { mode: 'governance', days: 3650 },
});

app.synth();
