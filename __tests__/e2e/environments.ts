import type * as z from 'zod';
import type { Environment } from '../../constructs/environment/environment';
import { DEPLOY_ROLE } from '../../tools/policies/deployer/roles';
import { aws } from '../support/emulator/aws-cli';
import { MANAGEMENT, type Organization } from '../support/emulator/organization';

/** What a file of `environments/` may say. */
export type EnvironmentFile = z.input<typeof Environment>;

type Outcome = 'collected' | 'failed' | 'skipped';

/** An environment that is deployed, run, and destroyed in the emulator. */
export interface TestedEnvironment {
  name: string;
  /**
   * What its file says; makes first what has to exist before, such as a bucket. `account` tells the id of an
   * account by its name.
   */
  environment: (organization: Organization) => EnvironmentFile | Promise<EnvironmentFile>;
  /**
   * Name of the account that runs the collection.
   * @default - the management account
   */
  runsIn?: string;
  /**
   * Name of the account that owns the bucket.
   * @default - the account that runs the collection
   */
  bucketIn?: string;
  /**
   * Whether it may not be destroyed at first, which is tried.
   * @default - its file has `allowDestroy`
   */
  isProtected?: true;
  /** What its file says differently after the first run; then it is applied and run again on the same day. */
  change?: EnvironmentFile;
  /**
   * What becomes of accounts, by their names; the role of those that fail is refused.
   * @default - collected; the closed account is skipped
   */
  outcomes?: Record<string, Outcome>;
}

/** The least `scale.batchSize` that is accepted; in the emulator, whose organization is smaller, batches have two accounts. */
export const SMALLEST_BATCH = 5;

export const testedEnvironments: TestedEnvironment[] = [
  { name: 'defaults', environment: () => ({}), isProtected: true },
  {
    name: 'own-choices',
    environment: async ({ id, account, administrator }) => {
      const owner = { ...(await administrator(MANAGEMENT)), region: 'us-east-1' };
      await aws(owner, 's3api create-bucket --bucket states-of-terraform');
      const region = 'eu-central-1';
      const { KeyMetadata } = await aws<{ KeyMetadata: { Arn: string } }>(
        { ...owner, region },
        'kms create-key',
      );
      return {
        region,
        operationsKeyArn: KeyMetadata.Arn,
        roles: { path: '/security/', permissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' },
        bucket: { kind: 'new', name: 'reports-of-the-organization' },
        alertEmails: ['security@example.com', 'audit@example.com'],
        reportRoleName: 'audit-reader',
        organizationId: id,
        roleDeployment: { kind: 'none' },
        logRetentionDays: 30,
        schedule: { hour: 23, timezone: 'Europe/Vienna' },
        waiting: { seconds: 1, cycles: 3 },
        accounts: { exclude: [account('data')] },
        scale: { batchSize: SMALLEST_BATCH, mapConcurrency: 10_000 },
        tags: { team: 'security' },
        backend: { kind: 's3', bucket: 'states-of-terraform', region: 'us-east-1' },
      };
    },
    outcomes: { data: 'skipped', sandbox: 'failed' },
  },
  {
    name: 'logging-account',
    environment: ({ id, account }) => ({
      organizationId: id,
      roleDeployment: { kind: 'none' },
      loggingAccount: { accountId: account('payments'), roleName: DEPLOY_ROLE },
      encryption: { kind: 'new-key' },
      bucket: { kind: 'new', prefix: 'credentials/production/' },
      retentionDays: 400,
      signing: true,
      athena: true,
      readers: [account('sandbox')],
      waiting: { seconds: 1, cycles: 3 },
    }),
    bucketIn: 'payments',
    change: { checks: { unusedDays: 60 } },
  },
  {
    name: 'existing-bucket-and-key',
    environment: async ({ id, account, administrator }) => {
      const owner = { ...(await administrator('payments')), region: 'us-east-1' };
      await aws(owner, 's3api create-bucket --bucket auditors');
      const { KeyMetadata } = await aws<{ KeyMetadata: { Arn: string } }>(owner, 'kms create-key');
      return {
        organizationId: id,
        roleDeployment: { kind: 'none' },
        bucket: { kind: 'existing', name: 'auditors', accountId: account('payments') },
        encryption: { kind: 'existing-key', keyArn: KeyMetadata.Arn },
        waiting: { seconds: 1, cycles: 3 },
      };
    },
    bucketIn: 'payments',
  },
  {
    name: 'delegated-administrator',
    environment: async ({ id, account, administrator }) => {
      const organization = { ...(await administrator(MANAGEMENT)), region: 'us-east-1' };
      await aws(organization, 'organizations register-delegated-administrator', {
        'account-id': account('payments'),
        // The emulator does not know the principal of StackSets; the administrator of any service may list accounts.
        'service-principal': 'guardduty.amazonaws.com',
      });
      return {
        organizationId: id,
        collectFrom: 'delegated-administrator',
        roleDeployment: { kind: 'none' },
        waiting: { seconds: 1, cycles: 3 },
      };
    },
    runsIn: 'payments',
    isProtected: true,
  },
];
