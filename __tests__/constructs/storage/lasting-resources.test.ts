/** The bucket and the keys outlast every option: whatever an environment changes to, none of them is destroyed. */
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';

const known = { organizationId: 'o-exampleorg1', roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] } };
const loggingAccount = { accountId: '222222222222', roleName: 'TerraformDeploy' };
const existing = { bucket: { kind: 'existing', name: 'auditors' } };
const newKey = { encryption: { kind: 'new-key' } };

const environments: [name: string, environment: object, lasting: number][] = [
  ['defaults', {}, 1],
  ['a new key', newKey, 2],
  ['signatures', { signing: true }, 2],
  ['all of it', { ...newKey, signing: true, objectLock: { mode: 'governance', days: 1 } }, 3],
  ['a logging account', { loggingAccount }, 1],
  ['all of it in a logging account', { loggingAccount, ...newKey, signing: true }, 3],
  ['an existing bucket', existing, 0],
  ['an existing bucket and signatures', { ...existing, signing: true }, 1],
];

interface Removed {
  from: string;
  lifecycle: { destroy: boolean }[];
}

const stackOf = (environment: object) => new SynthesizedStack({ ...known, ...environment });

/** Addresses of what is in the two places of the storage, those of the bucket and of keys alone or with all that belongs to them. */
function lasting(stack: SynthesizedStack, types = /^aws_(s3_bucket|kms_key)$/): string[] {
  return Object.entries(stack.json.resource)
    .filter(([type]) => types.test(type))
    .flatMap(([type, resources]) => Object.keys(resources).map((id) => `${type}.${id}`))
    .filter((address) => address.includes('.credential-reports_storage_'));
}

const removed = ({ json }: SynthesizedStack) => (json as { removed?: Removed[][] }).removed?.flat() ?? [];

describe.each(environments)('an environment with %s', (_, environment, count) => {
  const stack = stackOf(environment);
  const forgotten = removed(stack).map(({ from }) => from);

  it('cannot lose bucket and keys by a plan that would destroy or replace them', () => {
    const settings = lasting(stack).map((address) => {
      const [type = '', id = ''] = address.split('.');
      return stack.json.resource[type]?.[id];
    });
    expect(settings).toHaveLength(count);
    for (const resource of settings) expect(resource).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  it.each(environments)('forgets all that it lacks of one with %s', (_name, other) => {
    const before = lasting(stackOf(other), /^aws_(s3|kms)_/);
    const now = lasting(stack, /^aws_(s3|kms)_/);
    // Without its bucket, the lock of a bucket means nothing; with it, it is an option of the bucket.
    const gone = before.filter((address) => !now.includes(address) && !address.includes('object_lock'));
    expect(gone.filter((address) => !forgotten.includes(address))).toEqual([]);
  });

  it('forgets nothing that it has, and destroys nothing that it forgets', () => {
    const all = lasting(stack, /^aws_/);
    expect(forgotten.filter((address) => all.includes(address))).toEqual([]);
    expect(removed(stack).filter(({ lifecycle }) => lifecycle[0]?.destroy !== false)).toEqual([]);
  });
});

describe('with allowDestroy', () => {
  const stack = stackOf({ ...newKey, signing: true, allowDestroy: true });

  it('Terraform may destroy the bucket with its objects, and the keys', () => {
    expect(stack.resource('storage/report-bucket/bucket').force_destroy).toBe(true);
    expect(JSON.stringify(stack.json)).not.toContain('"prevent_destroy":true');
  });

  it('Terraform forgets all the same what an option no longer chooses', () => {
    const { signing: _signing, ...unsigned } = { ...newKey, signing: true, allowDestroy: true };
    const forgotten = removed(stackOf(unsigned)).map(({ from }) => from);
    expect(lasting(stack).filter((address) => !lasting(stackOf(unsigned)).includes(address))).toHaveLength(1);
    for (const address of lasting(stack))
      expect(forgotten.includes(address)).toBe(!lasting(stackOf(unsigned)).includes(address));
  });
});

it('every stack has the provider of the logging account, which resources in a state may still need', () => {
  const aliases = environments.map(([, environment]) =>
    stackOf(environment).json.provider.aws.find(({ alias }) => alias === 'logging-account'),
  );
  expect(aliases.map((alias) => alias !== undefined)).toEqual(environments.map(() => true));
  expect(aliases.map((alias) => alias?.assume_role !== undefined)).toEqual(
    environments.map(([, environment]) => 'loggingAccount' in environment),
  );
});
