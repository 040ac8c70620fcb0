import { App } from 'cdktf';
import { ReportRoleModule } from '../../constructs/report-role/report-role-module';
import { temporaryFolder } from '../support/embedded';
import { SynthesizedStack } from '../support/synthesized-stack';
import { everyCheckOption } from '../support/check-options';

const KEY_ARN = 'arn:aws:kms:eu-central-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** Environment files that together have every option, and every kind of those that have kinds. */
export const everyOption: Readonly<Record<string, object>> = {
  defaults: {
    encryption: { kind: 's3-managed', formerKeyArns: [KEY_ARN] },
    region: 'eu-central-1',
    backend: { kind: 'local' },
  },
  everything: {
    region: 'eu-central-1',
    organizationId: 'o-exampleorg1',
    collectFrom: 'management-account',
    roleDeployment: { kind: 'stack-set', targets: ['ou-ab12-11111111'] },
    reportRoleName: 'audit-reader',
    roles: { path: '/security/', permissionsBoundary: 'security/boundary' },
    accounts: {
      includeOus: ['ou-ab12-11111111'],
      excludeOus: ['ou-ab12-22222222'],
      exclude: ['333333333333'],
    },
    serviceCredentials: true,
    owners: { tag: 'Owner', file: true, email: true, unitNames: true },
    exports: { events: 'own', ocsf: true },
    bucket: { kind: 'new', name: 'example-reports', prefix: 'audit/' },
    encryption: { kind: 'new-key', formerKeyArns: [KEY_ARN] },
    retentionDays: 400,
    objectLock: { mode: 'governance', days: 365 },
    signing: true,
    accessLogging: { bucketName: 'example-access-logs', prefix: 'reports/' },
    operationsKeyArn: KEY_ARN,
    allowDestroy: true,
    loggingAccount: { accountId: '222222222222', roleName: 'TerraformDeploy' },
    readers: ['333333333333', 'o-exampleorg1', 'arn:aws:iam::444444444444:role/audit/Auditor'],
    alertEmails: ['security@example.com'],
    digest: 'always',
    chat: true,
    schedule: { hour: 3, timezone: 'Europe/Vienna' },
    waiting: { seconds: 30, cycles: 90 },
    scale: { batchSize: 100, batchConcurrency: 10, mapConcurrency: 50 },
    reservedConcurrency: 25,
    checks: { ...everyCheckOption, exemptionsFile: 'examples/exemptions/large-organization.json' },
    athena: true,
    architecture: 'x86_64',
    logRetentionDays: 365,
    tags: { team: 'security' },
    backend: { kind: 's3', bucket: 'example-state', key: 'reports/terraform.tfstate', region: 'eu-west-1' },
  },
  existing: {
    organizationId: 'o-exampleorg1',
    collectFrom: 'delegated-administrator',
    roleDeployment: { kind: 'none' },
    roles: { permissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    bucket: { kind: 'existing', name: 'auditors', accountId: '222222222222', prefix: 'audit/' },
    encryption: { kind: 'existing-key', keyArn: KEY_ARN, formerKeyArns: [KEY_ARN] },
    athena: true,
    readers: ['333333333333'],
    region: 'eu-central-1',
    backend: { kind: 'cloud', organization: 'example', workspace: 'reports', hostname: 'app.example.com' },
  },
  'own-account': {
    region: 'eu-central-1',
    encryption: { kind: 'new-key' },
    signing: true,
    accessLogging: { bucketName: 'example-access-logs' },
    operationsKeyArn: KEY_ARN,
    athena: true,
  },
  'key-of-new-bucket': {
    region: 'eu-central-1',
    reportRoleName: 'OrganizationAccountAccessRole',
    allowAdministratorRole: true,
    roleDeployment: { kind: 'none' },
    encryption: { kind: 'existing-key', keyArn: KEY_ARN },
  },
  'bucket-default': {
    region: 'eu-central-1',
    bucket: { kind: 'existing', name: 'auditors' },
    encryption: { kind: 'bucket-default', formerKeyArns: [KEY_ARN] },
  },
};

/** What a stack tells Terraform, as far as the schema of the provider is about it. */
export interface StackJson {
  readonly provider?: Readonly<Record<string, readonly object[]>>;
  /** Settings of resources by type and name. */
  readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
  /** Settings of data sources by type and name. */
  readonly data?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Every stack of {@link everyOption}, and the module of the report role. */
export function everyStack(): Map<string, StackJson> {
  const environments = Object.entries(everyOption).map(([name, environment]): [string, StackJson] => [
    name,
    new SynthesizedStack(environment, name).json,
  ]);
  return new Map([...environments, ['report-role', reportRoleModule()]]);
}

function reportRoleModule(): StackJson {
  const { folder, remove } = temporaryFolder();
  const module = new ReportRoleModule(new App({ outdir: folder }), 'report-role');
  module.prepareStack();
  const json = JSON.stringify(module.toTerraform());
  remove();
  return JSON.parse(json) as StackJson;
}
