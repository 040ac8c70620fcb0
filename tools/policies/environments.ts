/** The environments whose policies are enforced. */
import { listAccountsSettings } from '../../handlers/list-accounts/settings';
import { EmbeddedOrganization } from '../../local/fake-aws/organization/organization';
import { type PolicyDocument, type Statement, policy } from '../../constructs/policy';
import { ACCOUNT, SynthesizedStack } from '../support/synthesized-stack';
import { Deployed } from './deployed';

/** Account of bucket and key in the environments where that is not the collecting one. */
const OTHER_ACCOUNT = '222222222222';

const PREFIX = 'audit/';

export interface EnforcedEnvironment {
  readonly name: string;
  readonly stack: SynthesizedStack;
  readonly deployed: Deployed;
  readonly organizationId: string;
  /** The collecting account. */
  readonly account: string;
  /** The prefix comes before every key. */
  readonly bucket: {
    readonly name: string;
    readonly prefix: string;
    readonly account: string;
    readonly keyArn?: string;
  };
  /** Key that signs manifests: in the account of the bucket if Terraform creates both. */
  readonly signingKeyArn: string;
  /**
   * A new organization before its first run: one account is throttled, so that it is polled again and again, one is denied by a
   * service control policy.
   */
  readonly organization: () => EmbeddedOrganization;
}

const BATCH_SIZE = listAccountsSettings.batchSize.variable;
/** The least `scale.batchSize` that is accepted. */
const LEAST_BATCH = 5;

/** The same for every environment, because it depends only on the seed. */
const organization = () =>
  new EmbeddedOrganization({
    accounts: 6,
    seed: 2,
    tags: () => ({ Owner: 'platform' }),
    // Reports that are reviewed where they are stored, and larger ones.
    users: (index) => (index % 2 === 0 ? 1 : 200),
    denied: 1,
    slow: 0,
    neverReady: 0,
    throttled: 1,
    suspended: 1,
  });

/** Bucket in the collecting account, with S3-managed encryption; a key for logs, variables and the schedule. */
export const sameAccount = (): EnforcedEnvironment =>
  environment('same account', {
    operationsKeyArn: `arn:aws:kms:us-east-1:${ACCOUNT}:key/operations`,
    exports: { events: 'default', ocsf: true },
  });

/** Bucket with a new KMS key and a prefix, in a logging account; roles with a path; service-specific credentials. */
export const loggingAccount = (): EnforcedEnvironment =>
  environment(
    'logging account with a new key',
    {
      encryption: { kind: 'new-key' },
      bucket: { kind: 'new', prefix: PREFIX },
      roles: { path: '/security/' },
      serviceCredentials: true,
      loggingAccount: { accountId: OTHER_ACCOUNT, roleName: 'TerraformDeploy' },
    },
    OTHER_ACCOUNT,
  );

/** Bucket and KMS key that exist in another account, with exactly the statements that the outputs tell their owner to add. */
export const existingBucket = (): EnforcedEnvironment =>
  environment(
    'existing bucket and key of another account',
    {
      encryption: { kind: 'existing-key', keyArn: `arn:aws:kms:us-east-1:${OTHER_ACCOUNT}:key/1234-ab` },
      bucket: { kind: 'existing', name: 'auditors', accountId: OTHER_ACCOUNT, prefix: PREFIX },
      serviceCredentials: true,
    },
    OTHER_ACCOUNT,
  );

export const enforcedEnvironments = () => [sameAccount(), loggingAccount(), existingBucket()];

function environment(name: string, options: object, bucketAccount?: string): EnforcedEnvironment {
  const { id, accounts } = organization();
  const account = accounts[0]?.id ?? '';
  const stack = new SynthesizedStack({
    organizationId: id,
    roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] },
    scale: { batchSize: LEAST_BATCH, mapConcurrency: 10_000 },
    signing: true,
    owners: { tag: 'Owner', file: true, email: true, unitNames: true },
    exports: { events: 'own', ocsf: true },
    ...options,
  });
  Object.assign(stack.json, resolved(stack.json, account, bucketAccount ?? account));
  const { variables } = stack.resource('summarize-run/function').environment as {
    variables: Record<string, string>;
  };
  const { BUCKET_ENCRYPTION: encryption = '' } = variables;
  return {
    name,
    stack,
    deployed: Deployed.of(stack, account, policiesOfOwner(stack, bucketAccount ?? account)),
    organizationId: id,
    account,
    bucket: {
      name: variables.REPORT_BUCKET ?? '',
      prefix: variables.BUCKET_PREFIX ?? '',
      account: bucketAccount ?? account,
      ...(encryption.startsWith('arn:') && { keyArn: encryption }),
    },
    signingKeyArn: variables.SIGNING_KEY ?? '',
    organization,
  };
}

/** The policies of a bucket and a key that exist, once their owner has added what the outputs say. */
function policiesOfOwner(
  { json: { output } }: SynthesizedStack,
  owner: string,
): Record<string, PolicyDocument> {
  const { bucket_policy_statements: bucket, key_policy_statements: key } = output;
  const statementsOf = ({ value }: { value: unknown }) => value as Statement[];
  return {
    ...(bucket && { 'report-bucket/policy': policy(...statementsOf(bucket)) }),
    ...(key && { 'report-key/policy': policy(ofAccount(owner), ...statementsOf(key)) }),
  };
}

/** What the default policy of a key says. */
const ofAccount = (owner: string): Statement => ({
  Sid: 'IamPoliciesOfTheAccount',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${owner}:root` },
  Action: 'kms:*',
  Resource: '*',
});

/** With the collecting account, ARNs instead of references to keys, and one place for buckets and keys. */
function resolved(json: object, account: string, bucketAccount: string): object {
  const text = JSON.stringify(json)
    .replaceAll(ACCOUNT, account)
    // Batches that six accounts can fill, because only full batches are collected while listing.
    .replaceAll(`"${BATCH_SIZE}":"${LEAST_BATCH}"`, `"${BATCH_SIZE}":"2"`)
    .replaceAll(/\/storage\/(logging-account\/)?(?=(report-bucket|report-key|signing-key)\/)/g, '/')
    .replaceAll(/\$\{aws_kms_key\.([\w-]+)\.arn\}/g, (_, key: string) => {
      const owner = key.includes('logging-account') ? bucketAccount : account;
      return `arn:aws:kms:us-east-1:${owner}:key/${key}`;
    });
  return JSON.parse(text) as object;
}
