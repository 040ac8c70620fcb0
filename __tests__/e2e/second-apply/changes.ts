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

/** Everything that an environment can change while its bucket is in its own account. */
export function ownAccount({ id }: Organization, { bucket, keyArn }: Existing): Chain {
  const plan = (option: string, to: EnvironmentFile): Change => ({ option, to, until: 'plan' });
  const apply = (option: string, to: EnvironmentFile): Change => ({ option, to, until: 'apply' });
  const reportKey = { encryption: { kind: 'new-key' } } as const;
  return {
    name: 'own-account',
    from: { organizationId: id, roleDeployment: { kind: 'none' } },
    changes: [
      { option: 'region', to: { region: 'eu-central-1' }, until: 'refuse' },
      { option: 'bucket.name', to: { bucket: { kind: 'new', name: 'another-name' } }, until: 'refuse' },
      plan('organizationId', { organizationId: 'o-otherorg123' }),
      plan('collectFrom', { collectFrom: 'delegated-administrator' }),
      plan('roleDeployment', { roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] } }),
      plan('reportRoleName', { reportRoleName: 'audit-reader' }),
      plan('accounts', { accounts: { exclude: ['111122223333'] } }),
      plan('alertEmails', { alertEmails: ['security@example.com'] }),
      plan('digest', { digest: 'always' }),
      plan('schedule', { schedule: { hour: 5 } }),
      plan('waiting', { waiting: { cycles: 3 } }),
      plan('scale', { scale: { batchSize: 100 } }),
      plan('checks', { checks: { unusedDays: 60 } }),
      plan('athena', { athena: true }),
      plan('reservedConcurrency', { reservedConcurrency: 100 }),
      plan('architecture', { architecture: 'x86_64' }),
      plan('logRetentionDays', { logRetentionDays: 30 }),
      plan('tags', { tags: { team: 'security' } }),
      plan('backend', { backend: { kind: 'cloud', organization: 'example' } }),
      plan('allowDestroy', { allowDestroy: true }),
      apply('encryption', reportKey),
      apply('encryption', { encryption: { kind: 'existing-key', keyArn } }),
      apply('encryption', { encryption: { kind: 's3-managed', formerKeyArns: [keyArn] } }),
      apply('retentionDays', { retentionDays: 400 }),
      apply('retentionDays', { retentionDays: undefined }),
      apply('objectLock', { objectLock: { mode: 'governance', days: 1 } }),
      apply('objectLock', { objectLock: undefined }),
      apply('signing', { signing: true }),
      apply('signing', { signing: false }),
      apply('bucket.prefix', { bucket: { kind: 'new', prefix: 'test/' } }),
      apply('bucket', { bucket: { kind: 'existing', name: bucket } }),
      { option: 'bucket', to: { bucket: { kind: 'new' } }, until: 'adopt' },
    ],
  };
}

/** To a logging account, to another one, and back. */
export function loggingAccount({ id, account }: Organization): Chain {
  const inAccount = (name: string, roleName = 'OrganizationAccountAccessRole'): EnvironmentFile => ({
    loggingAccount: { accountId: account(name), roleName },
  });
  return {
    name: 'logging-account',
    from: {
      organizationId: id,
      roleDeployment: { kind: 'none' },
      encryption: { kind: 'new-key' },
      signing: true,
    },
    changes: [
      { option: 'loggingAccount', to: inAccount('payments'), until: 'apply' },
      { option: 'loggingAccount', to: inAccount('payments', 'TerraformDeploy'), until: 'plan' },
      { option: 'loggingAccount', to: inAccount('data'), until: 'refuse' },
      { option: 'loggingAccount', to: { loggingAccount: undefined }, until: 'adopt' },
    ],
  };
}
