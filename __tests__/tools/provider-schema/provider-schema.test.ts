/** Everything that is synthesized is in the schema of the current AWS provider, which no provider on this machine has. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { everyOption, everyStack } from '../../../tools/provider-schema/every-option';
import { areBindingsInstalled, installedSchema } from '../../../tools/provider-schema/installed-schema';
import { providerSchema } from '../../../tools/provider-schema/provider-schema';
import { unknownAttributes } from '../../../tools/provider-schema/unknown-attributes';
import { optionList } from '../../../tools/support/option-list';
import { projectRoot } from '../../../tools/support/project-root';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';

const unknownIn = (stack: object) => unknownAttributes(stack, providerSchema);

describe.each([...everyStack()])('the stack %s', (_name, stack) => {
  it('has only types and attributes that the provider knows', () => {
    expect(unknownIn(stack)).toEqual([]);
  });
});

describe('the stacks', () => {
  const kindsOf = (kind: 'resource' | 'data') =>
    new Set([...everyStack().values()].flatMap((stack) => Object.keys(stack[kind] ?? {})));

  it('have every resource and data source that a construct imports', () => {
    const sources = readdirSync(join(projectRoot, 'constructs'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(projectRoot, 'constructs', file), 'utf8'));
    const imported = sources
      .flatMap((text) => [...text.matchAll(/'@cdktf\/provider-aws\/lib\/([\w-]+)'/g)])
      .map(([, module = '']) => module);
    const modules = [
      'provider',
      ...[...kindsOf('resource')].map((type) => type.replace('aws_', '').replaceAll('_', '-')),
      ...[...kindsOf('data')].map((type) => `data-${type.replaceAll('_', '-')}`),
    ];
    expect([...new Set(imported)].sort()).toEqual(modules.sort());
  });

  const set = Object.values(everyOption).flatMap((environment) => pathsIn(environment));

  it.each(optionList)('have the option $field', ({ field, onlyForKind }) => {
    const parent = field.slice(0, field.lastIndexOf('.'));
    const inKind = Object.values(everyOption)
      .map((environment) => pathsIn(environment))
      .filter((paths) => onlyForKind === undefined || paths.includes(`${parent}.kind=${onlyForKind}`));
    expect(inKind.flat()).toContain(field);
  });

  it.each(optionList.filter(({ field }) => field.endsWith('.kind')))(
    'have every kind of $field',
    ({ field, choices }) => {
      expect(set).toEqual(expect.arrayContaining(choices.map((choice) => `${field}=${choice}`)));
    },
  );
});

/** The fields of an environment file as the list of options has them, and the values of texts. */
function pathsIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item) => pathsIn(item, `${path}[]`))];
  if (typeof value !== 'object' || value === null) return [path, `${path}=${String(value)}`];
  const inner = Object.entries(value).flatMap(([name, one]) =>
    pathsIn(one, path === '' ? name : `${path}.${name}`),
  );
  return [path, ...inner];
}

describe('the comparison with the schema', () => {
  const { json } = new SynthesizedStack();
  const [name = ''] = Object.keys(json.resource.aws_s3_bucket_server_side_encryption_configuration!);
  const withResource = (type: string, settings: object) => ({ resource: { [type]: { one: settings } } });

  it('names a misspelled attribute, also in a block within a block', () => {
    const stack = structuredClone(json);
    stack.resource.aws_s3_bucket_server_side_encryption_configuration![name]!.rule = [
      { blocked_encryption_type: ['SSE-C'], apply_server_side_encryption_by_default: { sse_algoritm: 'x' } },
    ];
    const address = `aws_s3_bucket_server_side_encryption_configuration.${name}`;
    expect(unknownIn(stack)).toEqual([
      `${address}.rule.blocked_encryption_type does not exist`,
      `${address}.rule.apply_server_side_encryption_by_default.sse_algoritm does not exist`,
    ]);
  });

  it('names a type that is not in it, of resources and of data sources', () => {
    expect(unknownIn({ ...withResource('aws_sns_topik', {}), data: { aws_sns_topic: { one: {} } } })).toEqual(
      ['aws_sns_topik: the type is not in the schema', 'data.aws_sns_topic: the type is not in the schema'],
    );
  });

  it('names an attribute that cannot be set, one that is a block, and one that only objects of JavaScript have', () => {
    const settings = { arn: 'x', constructor: 'x' };
    expect(unknownIn(withResource('aws_sns_topic', settings))).toEqual([
      'aws_sns_topic.one.arn cannot be set',
      'aws_sns_topic.one.constructor does not exist',
    ]);
    expect(unknownIn(withResource('aws_lambda_function', { tracing_config: 'Active' }))).toEqual([
      'aws_lambda_function.one.tracing_config must be a block',
    ]);
  });

  it('names what is ignored or read and does not exist, and a misspelled setting of the provider', () => {
    const resource = {
      aws_sns_topic: { one: { lifecycle: { ignore_changes: ['policies'] } } },
      aws_sns_topic_policy: { one: { arn: '${aws_sns_topic.one.arm}', policy: '${aws_sns_topic.one.arn}' } },
    };
    expect(unknownIn({ resource, provider: { aws: [{ regoin: 'us-east-1' }] } })).toEqual([
      'provider aws.regoin does not exist',
      'aws_sns_topic.one.policies is ignored, and does not exist',
      'aws_sns_topic.one.arm is read, and does not exist',
    ]);
  });
});

describe('the schema', () => {
  it('is that of the bindings in the lock file of tools/cdktn', () => {
    const lock = JSON.parse(readFileSync(join(projectRoot, 'tools/cdktn/package-lock.json'), 'utf8')) as {
      packages: Record<string, { name: string; version: string }>;
    };
    const bindings = lock.packages['node_modules/@cdktf/provider-aws']!;
    expect(providerSchema.bindings).toBe(`${bindings.name} ${bindings.version}`);
  });

  it('has every type that is synthesized, and no other', () => {
    const stacks = [...everyStack().values()];
    for (const kind of ['resource', 'data'] as const) {
      const used = new Set(stacks.flatMap((stack) => Object.keys(stack[kind] ?? {})));
      expect(Object.keys(providerSchema[kind])).toEqual([...used].sort());
    }
  });

  const missing = areBindingsInstalled() ? '' : ' (skipped: npm run verify:cdktn installs them)';
  (missing === '' ? it : it.skip)(`is what the installed bindings say${missing}`, () => {
    expect(providerSchema).toEqual(installedSchema());
  });
});
