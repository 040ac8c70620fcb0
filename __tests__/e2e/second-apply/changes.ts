import type { Organization } from '../../support/emulator/organization';
import type { EnvironmentFile } from '../environments';

/** A change of one option of an environment that is deployed and holds reports. */
export interface Change {
  /** Path of the option in the file. */
  option: string;
  /** What the file says then; the other fields stay as they are. */
  to: EnvironmentFile;
  /**
   * `plan`: it touches nothing that is stored, so the plan tells all. `refuse`: nothing can be applied. `apply`: it is
   * applied, and the next change comes after it. `adopt`: so it is, once Terraform has the bucket that it forgot before.
   */
  until: 'plan' | 'refuse' | 'apply' | 'adopt';
}

/** An environment and its changes, one after the other, in an emulator of its own. */
export interface Chain {
  name: string;
  from: EnvironmentFile;
  changes: Change[];
}

/** What the tests make before: a bucket that exists, and a key. */
export interface Existing {
  bucket: string;
  keyArn: string;
}

const plan = (option: string, to: EnvironmentFile): Change => ({ option, to, until: 'plan' });
const apply = (option: string, to: EnvironmentFile): Change => ({ option, to, until: 'apply' });
const refuse = (option: string, to: EnvironmentFile): Change => ({ option, to, until: 'refuse' });
const adopt = (option: string, to: EnvironmentFile): Change => ({ option, to, until: 'adopt' });

const inOwnAccount = ({ id }: Organization): EnvironmentFile => ({
  organizationId: id,
  roleDeployment: { kind: 'none' },
});

const plans = (organization: Organization, { bucket, keyArn }: Existing): Chain => ({
  name: 'plans',
  from: { organizationId: organization.id },
  changes: [
    refuse('region', { region: 'eu-central-1' }),
    refuse('bucket.name', { bucket: { kind: 'new', name: 'another-name' } }),
    plan('organizationId', { organizationId: 'o-otherorg123' }),
    plan('collectFrom', { collectFrom: 'delegated-administrator' }),
    plan('roleDeployment', { roleDeployment: { kind: 'stack-set', targets: ['ou-ab12-12345678'] } }),
    plan('roleDeployment', { roleDeployment: { kind: 'none' } }),
    plan('reportRoleName', { reportRoleName: 'audit-reader' }),
    plan('roles', { reportRoleName: 'audit-reader', roles: { path: '/security/' } }),
    plan('roles', { roles: { permissionsBoundary: 'security/boundary' } }),
    plan('allowAdministratorRole', { allowAdministratorRole: true }),
    plan('accounts', { accounts: { exclude: ['111122223333'] } }),
    plan('owners', { owners: { tag: 'Owner', file: true, unitNames: true } }),
    plan('exports', { exports: { events: 'own', ocsf: true } }),
    plan('serviceCredentials', { serviceCredentials: true }),
    plan('alertEmails', { alertEmails: ['security@example.com'] }),
    plan('digest', { digest: 'always' }),
    plan('chat', { chat: true }),
    plan('schedule', { schedule: { hour: 5 } }),
    plan('waiting', { waiting: { cycles: 3 } }),
    plan('scale', { scale: { batchSize: 100 } }),
    plan('checks', { checks: { unusedDays: 60 } }),
    plan('readers', { readers: ['222222222222', 'o-exampleorg1'] }),
    plan('athena', { athena: true }),
    plan('reservedConcurrency', { reservedConcurrency: 100 }),
    plan('architecture', { architecture: 'x86_64' }),
    plan('logRetentionDays', { logRetentionDays: 30 }),
    plan('operationsKeyArn', { operationsKeyArn: keyArn }),
    plan('accessLogging', { accessLogging: { bucketName: bucket } }),
    plan('tags', { tags: { team: 'security' } }),
    plan('backend', { backend: { kind: 'cloud', organization: 'example' } }),
    plan('allowDestroy', { allowDestroy: true }),
    // What a new bucket has by default.
    plan('encryption', { encryption: { kind: 's3-managed' } }),
  ],
});

const encryption = (organization: Organization, { keyArn }: Existing): Chain => ({
  name: 'encryption',
  from: inOwnAccount(organization),
  changes: [
    apply('encryption', { encryption: { kind: 'new-key' } }),
    apply('encryption', { encryption: { kind: 'existing-key', keyArn } }),
    apply('encryption', { encryption: { kind: 's3-managed', formerKeyArns: [keyArn] } }),
  ],
});

const retention = (organization: Organization): Chain => ({
  name: 'retention',
  from: inOwnAccount(organization),
  changes: [
    apply('retentionDays', { retentionDays: 400 }),
    apply('retentionDays', { retentionDays: undefined }),
    apply('objectLock', { objectLock: { mode: 'governance', days: 1 } }),
    apply('objectLock', { objectLock: undefined }),
    apply('athena', { athena: true }),
    apply('athena', { athena: undefined }),
  ],
});

const place = (organization: Organization, { bucket }: Existing): Chain => ({
  name: 'place',
  from: inOwnAccount(organization),
  changes: [
    apply('signing', { signing: true }),
    apply('signing', { signing: false }),
    apply('bucket.prefix', { bucket: { kind: 'new', prefix: 'test/' } }),
    apply('bucket', { bucket: { kind: 'existing', name: bucket } }),
    plan('encryption', { encryption: { kind: 's3-managed' } }),
    adopt('bucket', { bucket: { kind: 'new' } }),
  ],
});

/** To a logging account, to another one, and back. */
function loggingAccount(organization: Organization): Chain {
  const inAccount = (name: string, roleName = 'OrganizationAccountAccessRole'): EnvironmentFile => ({
    loggingAccount: { accountId: organization.account(name), roleName },
  });
  return {
    name: 'logging-account',
    from: { ...inOwnAccount(organization), encryption: { kind: 'new-key' }, signing: true },
    changes: [
      apply('loggingAccount', inAccount('payments')),
      plan('loggingAccount', inAccount('payments', 'TerraformDeploy')),
      refuse('loggingAccount', inAccount('data')),
      adopt('loggingAccount', { loggingAccount: undefined }),
    ],
  };
}

/** What an environment can change, in the order of the table. */
export const chains = [plans, place, encryption, retention, loggingAccount];
