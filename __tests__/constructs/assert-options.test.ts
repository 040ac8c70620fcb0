/** Apps that use the constructs without environment files are held to the same rules. */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import {
  Alerts,
  CredentialReportStack,
  CredentialReports,
  type CredentialReportsProps,
  Deployment,
  InvalidOptions,
  ReportBucket,
  ReportRole,
  ReportRoleStackSet,
} from '../../constructs';
import { defaultOptions } from '../../constructs/environment/environment';

const trust = {
  partition: 'aws',
  collectorAccountId: '111111111111',
  collectorRoleArn: 'arn:aws:iam::111111111111:role/collector',
  organizationId: 'o-exampleorg1',
};

/** The lines of the error, without the path of the construct. */
function problemsOf(make: (stack: TerraformStack, deployment: Deployment) => unknown): string[] {
  const stack = new TerraformStack(Testing.app(), 'app');
  new AwsProvider(stack, 'aws');
  try {
    make(stack, new Deployment('prod', 'us-east-1', '111111111111'));
    return [];
  } catch (error) {
    if (!(error instanceof InvalidOptions)) throw error;
    return error.message.split('\n').map((line) => line.replace(/^app\/?\w*: /, ''));
  }
}

const reportsWith = (props: Partial<CredentialReportsProps>) =>
  problemsOf(
    (stack, deployment) =>
      new CredentialReports(stack, 'reports', {
        deployment,
        organizationId: 'o-exampleorg1',
        roleDeployment: { kind: 'none' },
        ...props,
      }),
  );

describe('the constructs of a library', () => {
  it('refuse every option that an environment file may not have, all at once', () => {
    expect(
      reportsWith({
        reportRoleName: 'OrganizationAccountAccessRole',
        alertEmails: ['nobody'],
        schedule: { hour: 24, timezone: 'UTC' },
        bucket: { kind: 'new', name: 'x', encryption: defaultOptions.encryption },
        logRetentionDays: 8 as 7,
      }).map((problem) => problem.split(' ')[0]),
    ).toEqual(['bucket.name', 'alertEmails.0', 'schedule.hour', 'logRetentionDays', 'reportRoleName']);
  });

  it('accept an administrator as report role only with the explicit word, and without a StackSet', () => {
    const administrator = { reportRoleName: 'AWSControlTowerExecution', allowAdministratorRole: true };
    expect(reportsWith(administrator)).toEqual([]);
    const roleDeployment = { kind: 'stack-set', targets: ['r-ab12'] } as const;
    expect(reportsWith({ ...administrator, roleDeployment })).toEqual([
      expect.stringMatching(/^roleDeployment\.kind must be "none"/),
    ]);
  });

  it('accept what only Terraform knows', () => {
    expect(
      problemsOf((stack, deployment) => {
        const variable = new TerraformVariable(stack, 'x', {});
        new CredentialReports(stack, 'reports', {
          deployment,
          organizationId: variable.stringValue,
          roleDeployment: { kind: 'stack-set', targets: ['${var.y}'] },
          logRetentionDays: variable.numberValue as 7,
          reportRoleName: variable.stringValue,
        });
      }),
    ).toEqual([]);
  });

  it('accept a reference where a text has to be given', () => {
    expect(
      problemsOf((stack, deployment) => {
        const { stringValue } = new TerraformVariable(stack, 'x', {});
        new CredentialReports(stack, 'reports', {
          ...{ deployment, organizationId: 'o-exampleorg1', roleDeployment: { kind: 'none' } },
          bucket: {
            kind: 'new',
            encryption: { kind: 'existing-key', keyArn: stringValue, formerKeyArns: [] },
            accessLogging: { bucketName: stringValue, prefix: '' },
          },
        });
      }),
    ).toEqual([]);
  });

  it('refuse what has to be known at synthesis: the Region, and the names of tags', () => {
    const ofTerraform = (stack: TerraformStack) => new TerraformVariable(stack, 'x', {}).stringValue;
    expect(problemsOf((stack) => new Deployment('prod', ofTerraform(stack), '111111111111'))).toEqual([
      expect.stringMatching(/region must be text, not a reference/),
    ]);
    const roleDeployment = { kind: 'stack-set', targets: ['r-ab12'] } as const;
    expect(reportsWith({ tags: Token.asStringMap('${var.tags}'), roleDeployment })).toEqual([
      expect.stringMatching(/tags must be known at synthesis$/),
    ]);
  });

  it('refuse options that the construct does not have, which JavaScript would ignore', () => {
    const others = { shedule: {}, retentionDays: 3 } as Partial<CredentialReportsProps>;
    expect(reportsWith(others)).toEqual([
      'shedule is not an option of this construct',
      'retentionDays is not an option of this construct',
    ]);
  });

  it('have metrics of checks that there are, and no others', () => {
    expect(
      problemsOf((stack, deployment) =>
        new CredentialReports(stack, 'reports', {
          ...{ deployment, organizationId: 'o-exampleorg1', roleDeployment: { kind: 'none' } },
        }).metricFindings('root-mfaa'),
      ),
    ).toEqual([expect.stringMatching(/^there is no check "root-mfaa": active-certificate, /)]);
  });

  it('refuse the name of an environment that would not fit into the names of resources', () => {
    expect(() => new Deployment('Prod', 'us-east-1', '111111111111')).toThrow(
      /^Deployment: the name of the environment must be 2 to 24 lowercase letters.*; got "Prod"$/,
    );
  });

  it.each<[string, (stack: TerraformStack, deployment: Deployment) => unknown, RegExp]>([
    [
      'Alerts',
      (stack, deployment) => new Alerts(stack, 'x', { deployment, emails: ['a'] }),
      /^alertEmails\.0/,
    ],
    [
      'ReportRole',
      (stack) => {
        const roleName = 'iam-credential-reports-prod-workflow';
        return new ReportRole(stack, 'x', { ...trust, roleName, serviceCredentials: false });
      },
      /^reportRoleName must not be the name of a role of an environment/,
    ],
    [
      'ReportRoleStackSet',
      (stack, deployment) =>
        new ReportRoleStackSet(stack, 'x', {
          ...{ deployment, trust, targets: ['r-ab12'], callAs: 'SELF' },
          roleName: 'OrganizationAccountAccessRole',
          serviceCredentials: false,
        }),
      /^reportRoleName must not be an administrator's role/,
    ],
    [
      'ReportBucket',
      (stack, deployment) =>
        new ReportBucket(stack, 'x', {
          deployment,
          retentionDays: 1,
          objectLock: { mode: 'governance', days: 2 },
        }),
      /^objectLock\.days must be at most/,
    ],
    [
      'CredentialReportStack',
      () =>
        new CredentialReportStack(Testing.app(), 'app', {
          ...defaultOptions,
          backend: { kind: 's3', bucket: 'state', key: '${path.root}/x', region: 'us-east-1' },
        }),
      /backend\.key must not contain/,
    ],
  ])('are each held to the rules: %s', (_name, make, problem) => {
    expect(problemsOf(make)[0]).toMatch(problem);
  });
});
