/** Environments whose results somebody else reads: where bucket and tables are, and who has the key. */
import type { PolicyDocument, Statement } from '../../../constructs/policy';
import { policy } from '../../../constructs/policy';
import { ACCOUNT, SynthesizedStack } from '../../support/synthesized-stack';
import { openToAccount } from '../open-to-account';

export const ORGANIZATION = 'o-exampleorg1';
/** Name of the bucket in every setup. */
export const BUCKET = 'reports';

/** Accounts by what they are for. All but the last are in the organization. */
export const accounts = {
  collecting: ACCOUNT,
  logging: '222222222222',
  /** Owns a bucket that exists already. */
  owner: '333333333333',
  reader: '444444444444',
  /** Owns a key that exists already. */
  key: '555555555555',
  outsider: '999999999999',
} as const;

export interface ReaderSetup {
  readonly name: string;
  readonly stack: SynthesizedStack;
  readonly bucket: { readonly name: string; readonly account: string; readonly keyArn?: string };
  /** Bucket of the results of queries, in the account of the tables. */
  readonly results: { readonly name: string; readonly account: string };
  /** Policies of buckets and keys, by ARN. */
  readonly resourcePolicies: ReadonlyMap<string, PolicyDocument>;
  /** For those who read. */
  readonly readerPolicy: PolicyDocument;
  /** For a role in the account of the tables that readers assume. */
  readonly trust: PolicyDocument;
}

const EXISTING_KEY = `arn:aws:kms:us-east-1:${accounts.key}:key/1234-ab`;

const places = {
  'in the collecting account': { account: accounts.collecting, options: {} },
  'in a logging account': {
    account: accounts.logging,
    options: { loggingAccount: { accountId: accounts.logging, roleName: 'TerraformDeploy' } },
  },
  'that exists in another account': {
    account: accounts.owner,
    options: { bucket: { kind: 'existing', name: BUCKET, accountId: accounts.owner } },
  },
} as const;

const encryptions = {
  'keys of S3': {},
  'a new key': { encryption: { kind: 'new-key' } },
  "another account's key": { encryption: { kind: 'existing-key', keyArn: EXISTING_KEY } },
} as const;

/** Every place with every encryption that it can have. */
export const setups = (readers: readonly string[]): ReaderSetup[] =>
  Object.entries(places).flatMap(([place, { account, options }]) =>
    Object.entries(encryptions)
      .filter(([, encryption]) => !('bucket' in options && JSON.stringify(encryption).includes('new-key')))
      .map(([key, encryption]) =>
        setup(`a bucket ${place}, with ${key}`, account, { readers, ...options, ...encryption }),
      ),
  );

function setup(name: string, account: string, options: object): ReaderSetup {
  const stack = new SynthesizedStack({
    organizationId: ORGANIZATION,
    roleDeployment: { kind: 'none' },
    athena: true,
    bucket: { kind: 'new', name: BUCKET },
    ...options,
  });
  const text = JSON.stringify(stack.json).replaceAll(
    /\$\{aws_kms_key\.([\w-]+)\.arn\}/g,
    `arn:aws:kms:us-east-1:${account}:key/$1`,
  );
  Object.assign(stack.json, JSON.parse(text));
  const at = (path: string) => [...stack.resources].find(([found]) => found.endsWith(path))?.[1];
  const { bucket: results, account: tables } = {
    bucket: String(at('tables/results/bucket')?.bucket),
    account: at('tables/workgroup')?.provider === undefined ? accounts.collecting : account,
  };
  const encryption = at('tables/workgroup')?.configuration as {
    result_configuration: { encryption_configuration: { kms_key_arn?: string } };
  };
  const keyArn = encryption.result_configuration.encryption_configuration.kms_key_arn;
  const { reader_policy: own, reader_trust_policy: trust, ...output } = stack.json.output;
  const document = (policyText: unknown) => JSON.parse(policyText as string) as PolicyDocument;
  const added = (statements: unknown) => (statements ?? []) as Statement[];
  const keyPolicy = at('report-key/policy');
  return {
    name,
    stack,
    bucket: { name: BUCKET, account, ...(keyArn !== undefined && { keyArn }) },
    results: { name: results, account: tables },
    resourcePolicies: new Map([
      [
        `arn:aws:s3:::${BUCKET}`,
        at('report-bucket/policy')
          ? document(at('report-bucket/policy')?.policy)
          : policy(...added(output.bucket_policy_statements?.value)),
      ],
      [`arn:aws:s3:::${results}`, document(at('tables/results/policy')?.policy)],
      ...(keyArn === undefined
        ? []
        : [
            [
              keyArn,
              keyPolicy
                ? document(keyPolicy.policy)
                : policy(
                    ...openToAccount(accounts.key, 'kms:*', '*').Statement,
                    ...added(output.key_policy_statements?.value),
                  ),
            ] as const,
          ]),
    ]),
    readerPolicy: document(own?.value),
    trust: document(trust?.value),
  };
}
