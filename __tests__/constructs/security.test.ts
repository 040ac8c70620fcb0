/** What protects the reports and the messages about them. */
import { Environment } from '../../constructs/environment/environment';
import type { Statement } from '../../constructs/policy';
import { SynthesizedStack } from '../../tools/support/synthesized-stack';

const knownOrganization = {
  organizationId: 'o-exampleorg1',
  roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] },
};
const stackWith = (environment: object) => new SynthesizedStack({ ...knownOrganization, ...environment });
const stack = stackWith({ encryption: { kind: 'new-key' } });
const problemsOf = (environment: object) =>
  Environment.safeParse(environment).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('the new bucket', () => {
  it('is closed to the public, and its owner owns every object', () => {
    expect(stack.resource('storage/report-bucket/public-access')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(stack.resource('storage/report-bucket/ownership').rule).toEqual({
      object_ownership: 'BucketOwnerEnforced',
    });
  });

  it('has versions of every object', () => {
    expect(stack.resource('storage/report-bucket/retention/versioning').versioning_configuration).toEqual({
      status: 'Enabled',
    });
  });

  it('locks versions as objectLock says, and only then', () => {
    const locked = stackWith({ objectLock: { mode: 'compliance', days: 365 } });
    expect(locked.resource('storage/report-bucket/retention/object-lock').rule).toEqual({
      default_retention: { mode: 'COMPLIANCE', days: 365 },
    });
    expect(stack.resources.has('storage/report-bucket/retention/object-lock')).toBe(false);
  });

  it('accepts retention and lock, which an existing bucket does not', () => {
    const bucket = { kind: 'existing', name: 'auditors' };
    expect(problemsOf({ bucket, retentionDays: 1, objectLock: { mode: 'governance', days: 1 } })).toEqual([
      'retentionDays',
      'objectLock',
    ]);
  });

  it('cannot lock objects for longer than it keeps them', () => {
    const objectLock = { mode: 'governance', days: 366 };
    expect(problemsOf({ retentionDays: 365, objectLock })).toEqual(['objectLock.days']);
    expect(problemsOf({ retentionDays: 366, objectLock })).toEqual([]);
  });
});

describe('KMS keys', () => {
  const keys = [...stackWith({ encryption: { kind: 'new-key' }, signing: true }).resources].filter(
    ([, { type }]) => type === 'aws_kms_key',
  );

  it('are rotated every year, except the one that signs: KMS does not rotate asymmetric keys', () => {
    expect(Object.fromEntries(keys.map(([path, key]) => [path, key.enable_key_rotation]))).toEqual({
      'alerts/key/key': true,
      'storage/report-key/key': true,
      'storage/signing-key/key': false,
    });
  });
});

const TOPIC = 'arn:aws:sns:us-east-1:111111111111:iam-credential-reports-test-alerts';

describe('the topic', () => {
  it('is encrypted with a key of this deployment', () => {
    expect(stack.resource('alerts/topic').kms_master_key_id).toMatch(/^\$\{aws_kms_key\..*alerts_key/);
  });
});

describe('functions and workflow', () => {
  it('are traced', () => {
    const functions = [...stack.resources.values()].filter(({ type }) => type === 'aws_lambda_function');
    expect(functions.map((resource) => resource.tracing_config)).toEqual(Array(3).fill({ mode: 'Active' }));
    expect(stack.resource('workflow/state-machine').tracing_configuration).toEqual({ enabled: true });
  });

  it('reserve concurrency for collect-reports only, and only if the environment sets it', () => {
    const reserved = (synthesized: SynthesizedStack) =>
      [...synthesized.resources].flatMap(([path, { reserved_concurrent_executions: concurrency }]) =>
        concurrency === undefined ? [] : [[path, concurrency]],
      );
    expect(reserved(stack)).toEqual([]);
    expect(reserved(stackWith({ reservedConcurrency: 60 }))).toEqual([['collect-reports/function', 60]]);
  });
});

describe('an AWS service as a principal', () => {
  const statements = [...stack.resources].flatMap(([path, resource]) =>
    ['policy', 'assume_role_policy'].flatMap((field): [string, Statement][] =>
      typeof resource[field] === 'string' && path !== 'report-role-stack-set/stack-set'
        ? stack.policy(path, field).Statement.map((statement) => [path, statement])
        : [],
    ),
  );
  const ofServices = statements.filter(
    ([, { Effect, Principal }]) =>
      Effect === 'Allow' && typeof Principal === 'object' && 'Service' in Principal,
  );

  it('acts only on behalf of this account, except EventBridge, which supports no such condition', () => {
    const elsewhere = ofServices.filter(
      ([, { Condition }]) => Condition?.StringEquals?.['aws:SourceAccount'] !== '111111111111',
    );
    const events = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Sid: 'FailedRuns' };
    expect(elsewhere).toEqual([
      ['alerts/key/key', { ...events, Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Resource: '*' }],
      ['alerts/policy', { ...events, Action: 'sns:Publish', Resource: TOPIC }],
    ]);
    expect(ofServices.map(([path]) => path).sort()).toEqual([
      'alerts/key/key',
      'alerts/key/key',
      'alerts/policy',
      'alerts/policy',
      'collect-reports/role',
      'list-accounts/role',
      'schedule/role',
      'summarize-run/role',
      'workflow/role',
    ]);
  });
});
