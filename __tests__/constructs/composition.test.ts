/** The constructs in the stacks of other apps, and rules for everything that is synthesized. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Testing, TerraformStack } from 'cdktf';
import { Alerts, CredentialReports, Deployment, ReportBucket, ReportRole, Schedule } from '../../constructs';
import { SynthesizedStack } from '../../tools/support/synthesized-stack';
import { projectRoot } from '../../tools/support/project-root';

/** Names that must be unique in an account. */
function namesOf(json: string): string[] {
  const { resource } = JSON.parse(json) as {
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  return Object.entries(resource).flatMap(([type, resources]) =>
    Object.values(resources).flatMap(({ name, function_name: functionName, bucket, role }) => {
      // The name of an inline policy is unique within its role only.
      if (type === 'aws_iam_role_policy') return [`${type} ${String(role)}`];
      return [name, functionName, ...(type === 'aws_s3_bucket' ? [bucket] : [])]
        .filter((unique) => typeof unique === 'string')
        .map((unique) => `${type} ${unique}`);
    }),
  );
}

describe('the constructs', () => {
  it('can be used twice in a stack of another app, without a common name', () => {
    const stack = new TerraformStack(Testing.app(), 'landing-zone');
    new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
    const workingDirectory = process.cwd();
    process.chdir('/');
    try {
      for (const environment of ['one', 'two']) {
        new CredentialReports(stack, environment, {
          deployment: new Deployment(environment, 'eu-west-1', '111111111111'),
          organizationId: 'o-exampleorg1',
          reportRoleName: `${environment}-reader`,
          roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] },
        });
      }
      const names = namesOf(Testing.synth(stack));
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
      expect(names).toContain('aws_sfn_state_machine iam-credential-reports-two');
    } finally {
      process.chdir(workingDirectory);
    }
  });

  it('can be used separately', () => {
    const stack = new TerraformStack(Testing.app(), 'parts');
    new AwsProvider(stack, 'aws');
    const deployment = new Deployment('parts', 'us-gov-west-1', '111111111111');
    const { workflow } = new CredentialReports(stack, 'reports', {
      deployment,
      organizationId: 'o-exampleorg1',
      roleDeployment: { kind: 'none' },
    });
    const bucket = new ReportBucket(stack, 'second-bucket', { deployment, name: 'second' });
    bucket.grantTo([]);
    new Alerts(stack, 'second-alerts', {
      deployment: new Deployment('second', 'us-gov-west-1', '111111111111'),
      emails: [],
    });
    new Schedule(stack, 'evening', { deployment, workflow, hour: 20, timezone: 'UTC' });
    new ReportRole(stack, 'role', {
      partition: 'aws-us-gov',
      collectorAccountId: '111111111111',
      collectorRoleArn: 'arn:aws-us-gov:iam::111111111111:role/x',
      organizationId: 'o-exampleorg1',
      roleName: 'second',
      serviceCredentials: false,
    });
    expect(Testing.synth(stack)).toContain('cron(0 20 * * ? *)');
  });
});

describe('everything that is synthesized', () => {
  const everything = new SynthesizedStack({
    alertEmails: ['a@example.com'],
    encryption: { kind: 'new-key' },
    signing: true,
    owners: { tag: 'Owner', file: true, unitNames: true },
    loggingAccount: { accountId: '222222222222', roleName: 'TerraformDeploy' },
  });

  it('has no text that Terraform would mistake for a reference', () => {
    const references = [...JSON.stringify(everything.json).matchAll(/[$%]\{([^}]*)\}/g)].map(
      ([, inner]) => inner ?? '',
    );
    const expected =
      /^(aws_[a-z0-9_]+\.[\w-]+\.[a-z_]+|substr\(aws_kms_key\.[\w-]+\.key_id, 0, 8\)|data\.aws_kms_public_key\.[\w-]+\.public_key_pem|data\.aws_organizations_organization\.organization\.(id|roots\[0\]\.id))$/;
    expect(references.filter((reference) => !expected.test(reference))).toEqual([]);
    expect(references.length).toBeGreaterThan(10);
  });

  it('has different names for two environments in one account', () => {
    const names = ['dev', 'production'].map((name) =>
      namesOf(
        JSON.stringify(
          new SynthesizedStack(
            { reportRoleName: `${name}-reader`, encryption: { kind: 'new-key' }, signing: true },
            name,
          ).json,
        ),
      ).filter((unique) => !unique.includes('${')),
    );
    expect(names[0]!.filter((name) => names[1]!.includes(name))).toEqual([]);
    expect(names[0]!.length).toBeGreaterThan(10);
  });

  it('allows every account or resource only where nothing narrower is possible', () => {
    const isWide = (resource: string) => resource === '*' || resource.includes('::*:');
    const wildcards = [...everything.resources].flatMap(([path, { policy }]) =>
      typeof policy === 'string'
        ? everything
            .policy(path)
            .Statement.flatMap(({ Sid, Resource = [] }) =>
              [Resource].flat().some(isWide) ? [`${path} ${Sid}`] : [],
            )
        : [],
    );
    const keyPolicy = 'in a key policy * means the key itself';
    const noResource = 'the action does not support resource-level permissions';
    const managementAccount =
      'the ID of the management account is not known; that of the organization limits it';
    const reasons = {
      'alerts/key/key IamPoliciesOfTheAccount': keyPolicy,
      'alerts/key/key AlarmsOfThisDeployment': keyPolicy,
      'alerts/key/key FailedRuns': keyPolicy,
      'storage/logging-account/report-key/policy IamPoliciesOfTheAccount': keyPolicy,
      'storage/logging-account/report-key/policy UseReportKeyOfListAccounts': keyPolicy,
      'storage/logging-account/report-key/policy UseReportKeyOfCollectReports': keyPolicy,
      'storage/logging-account/report-key/policy UseReportKeyOfSummarizeRun': keyPolicy,
      'storage/logging-account/signing-key/key IamPoliciesOfTheAccount': keyPolicy,
      'storage/logging-account/signing-key/key SignerOnly': keyPolicy,
      'storage/logging-account/signing-key/key SignManifestsOfSummarizeRun': keyPolicy,
      'storage/logging-account/signing-key/key ReadPublicKeyOfSummarizeRun': keyPolicy,
      'list-accounts/policy ListAccounts': noResource,
      'list-accounts/policy ListOrganizationsFeatures': noResource,
      'list-accounts/policy Trace': noResource,
      'list-accounts/policy ReadTags': noResource,
      'list-accounts/policy ReadTagsOneByOne': managementAccount,
      'list-accounts/policy ReadUnitNames': managementAccount,
      'collect-reports/policy AssumeReportRole':
        'accounts join and leave; a condition limits it to the organization',
      'collect-reports/policy Trace': noResource,
      'summarize-run/policy Trace': noResource,
      'workflow/policy DeliverLog': noResource,
      'workflow/policy Trace': noResource,
      'report-role/policy GenerateAndGetCredentialReport': noResource,
    };
    expect(wildcards.sort()).toEqual(Object.keys(reasons).sort());
  });
});

describe('the source', () => {
  const sources = ['constructs', 'handlers', 'local'].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      // Some Regions are facts: which every account has, and where a key of the embedded organization was used.
      .filter((file) => file.endsWith('.ts') && !/(default-regions|report-row)\.ts$/.test(file))
      .map((file) => join(folder, file)),
  );

  it('contains no partition and no Region except as a default', () => {
    const found = sources.flatMap((file) =>
      readFileSync(join(projectRoot, file), 'utf8')
        .split('\n')
        .filter((line) => /arn:aws[a-z-]*:|\b(us|eu|ap|cn)-(gov-)?[a-z]+-\d\b/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(found).toEqual([
      "constructs/environment/environment.ts: .default('us-east-1')",
      'constructs/environment/fields.ts: const mustBeRegion = \'must be an AWS Region, such as "eu-central-1"\';',
      "local/fake-aws/kms/kms-service.ts: export function makeSigningKey(account: string, region = 'us-east-1', partition = 'aws'): SigningKey {",
    ]);
  });
});
