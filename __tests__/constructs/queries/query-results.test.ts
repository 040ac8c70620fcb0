/** Where Athena puts the results of queries. */
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';

const known = { organizationId: 'o-exampleorg1', roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] } };
const loggingAccount = { accountId: '222222222222', roleName: 'TerraformDeploy' };
const key = 'arn:aws:kms:us-east-1:333333333333:key/1234-ab';
const stackWith = (environment: object) => new SynthesizedStack({ ...known, athena: true, ...environment });

const cases: [name: string, environment: object, place: string, account: string, encryption: object][] = [
  ['the collecting account', {}, 'queries/tables', '111111111111', { encryption_option: 'SSE_S3' }],
  [
    'the collecting account, with a new key',
    { encryption: { kind: 'new-key' } },
    'queries/tables',
    '111111111111',
    {
      encryption_option: 'SSE_KMS',
      kms_key_arn: expect.stringMatching(/^\$\{aws_kms_key\..*report-key.*\.arn\}$/) as string,
    },
  ],
  [
    'a logging account that locks objects, with an existing key',
    {
      loggingAccount,
      encryption: { kind: 'existing-key', keyArn: key },
      objectLock: { mode: 'compliance', days: 30 },
    },
    'queries/logging-account/tables',
    '222222222222',
    { encryption_option: 'SSE_KMS', kms_key_arn: key },
  ],
  [
    'the collecting account, when the bucket of another one exists',
    { bucket: { kind: 'existing', name: 'auditors', accountId: '333333333333' } },
    'queries/tables',
    '111111111111',
    { encryption_option: 'SSE_S3' },
  ],
];

describe.each(cases)('in %s, the results of queries', (_, environment, place, account, encryption) => {
  const stack = stackWith(environment);
  const name = `iam-cq-test-${account}-us-east-1-an`;
  const resource = (part: string) => stack.resource(`${place}/${part}`);

  it('are where every query of the workgroup has to put them, encrypted like the reports', () => {
    expect(resource('workgroup').configuration).toEqual({
      enforce_workgroup_configuration: true,
      bytes_scanned_cutoff_per_query: 1024 ** 4,
      result_configuration: {
        output_location: `s3://${name}/`,
        expected_bucket_owner: account,
        encryption_configuration: encryption,
      },
    });
  });

  it('have a private bucket of their own, without a lock, in the namespace of its account', () => {
    expect(resource('results/bucket')).toMatchObject({ bucket: name, bucket_namespace: 'account-regional' });
    expect(resource('results/public-access')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(resource('results/ownership').rule).toEqual({ object_ownership: 'BucketOwnerEnforced' });
    const [rule] = resource('results/encryption').rule as object[];
    expect(rule).toMatchObject(
      'kms_key_arn' in encryption
        ? {
            apply_server_side_encryption_by_default: { kms_master_key_id: encryption.kms_key_arn },
            bucket_key_enabled: true,
          }
        : { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
    );
    expect(stack.policy(`${place}/results/policy`).Statement.map(({ Sid }) => Sid)).toEqual(['TlsOnly']);
    const locks = [...stack.resources].filter(
      ([path, { type }]) => path.startsWith(place) && type.includes('object_lock'),
    );
    expect(locks).toEqual([]);
  });

  it('expire after 7 days, without earlier versions, and go with the tables', () => {
    expect(resource('results/lifecycle').rule).toEqual([
      {
        id: 'results',
        status: 'Enabled',
        filter: [{ prefix: '' }],
        expiration: [{ days: 7 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
    expect(stack.resources.has(`${place}/results/versioning`)).toBe(false);
    expect(resource('results/bucket')).toMatchObject({ force_destroy: true });
    expect(resource('results/bucket')).not.toHaveProperty('lifecycle.prevent_destroy');
  });

  it('are in the account of tables and workgroup, which Terraform reaches by one provider', () => {
    const providers = [...stack.resources]
      .filter(([path]) => path.startsWith(`${place}/`))
      .map(([, { provider }]) => provider);
    expect(providers).toHaveLength(19);
    expect(new Set(providers)).toEqual(
      new Set([account === '222222222222' ? 'aws.logging-account' : undefined]),
    );
  });
});

describe('tables in a logging account', () => {
  const removed = ({ json }: SynthesizedStack) =>
    (json as { removed?: { from: string }[][] }).removed?.flat() ?? [];
  const addresses = ({ json }: SynthesizedStack) =>
    Object.entries(json.resource)
      .flatMap(([type, resources]) => Object.keys(resources).map((id) => `${type}.${id}`))
      .filter((address) => address.includes('_queries_'));

  it.each([true, false])('are forgotten when the account is taken out, with "athena": %s', (athena) => {
    const there = addresses(stackWith({ loggingAccount }));
    const forgotten = removed(stackWith({ athena })).map(({ from }) => from);
    expect(there).toHaveLength(19);
    expect(there.filter((address) => !forgotten.includes(address))).toEqual([]);
  });

  it('are destroyed when only the tables are switched off', () => {
    const there = addresses(stackWith({ loggingAccount }));
    const forgotten = removed(stackWith({ loggingAccount, athena: false })).map(({ from }) => from);
    expect(there.filter((address) => forgotten.includes(address))).toEqual([]);
  });
});
