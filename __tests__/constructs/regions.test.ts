/** What an environment synthesizes in another Region, beyond ARNs and host names. */
import { partitionOf } from '../../constructs/partition';
import { SynthesizedStack } from '../../tools/support/synthesized-stack';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const organizationId = 'o-exampleorg1';
const stackSet = { kind: 'stack-set', targets: ['r-ab12'] };
const none = { kind: 'none' };
const everyOption = {
  organizationId,
  athena: true,
  signing: true,
  encryption: { kind: 'new-key' },
  // Generated names differ by Region: see bucket-name.test.ts.
  bucket: { kind: 'new', name: 'example-reports' },
};

/** Every value of a stack by its path, with placeholders for what is named after the Region and its partition. */
function valuesIn(region: string, roleDeployment: object): Map<string, Json> {
  const { name, dnsSuffix } = partitionOf(region);
  const { json } = new SynthesizedStack({ ...everyOption, region, roleDeployment });
  const text = JSON.stringify(json)
    .replaceAll(region, 'REGION')
    .replaceAll(`arn:${name}:`, 'arn:PARTITION:')
    .replaceAll(`REGION.${dnsSuffix}`, 'REGION.SUFFIX')
    // Consoles have hosts of their own, or none that is public: see failed-runs.test.ts.
    .replaceAll(/,\\"console\\":\\"https:[^"]*\\"/g, '');
  return new Map(leaves(JSON.parse(text) as Json, ''));
}

function leaves(value: Json, path: string): [string, Json][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

/** The lines that differ, each after the function or resource that it belongs to. */
function differences(region: string, roleDeployment: object = stackSet): string[] {
  const before = valuesIn('us-east-1', roleDeployment);
  const after = valuesIn(region, roleDeployment);
  return (
    [...new Set([...before.keys(), ...after.keys()])]
      .filter((path) => before.get(path) !== after.get(path))
      // The console has an address of its own in each partition: failed-runs.test.ts tests it.
      .filter((path) => !path.endsWith('.input_template'))
      .map((path) => `${shortened(path)}: ${shown(before.get(path))} → ${shown(after.get(path))}`)
      .sort()
  );
}

const shortened = (path: string) =>
  path.replace(/^resource\./, '').replace(/credential-reports_(.*)_[0-9A-F]{8}\./, '$1.');

/** Of a policy that differs, its statements. */
function shown(value: Json | undefined): string {
  if (value === undefined) return 'absent';
  if (typeof value !== 'string' || !value.includes('"Statement"')) return JSON.stringify(value);
  const { Statement } = JSON.parse(value) as { Statement: { Sid: string }[] };
  return Statement.map(({ Sid }) => Sid).join(' ');
}

describe('compared with us-east-1, the lines that differ', () => {
  it.each(['eu-central-1', 'ap-northeast-3'])('in %s, which every account has, are none', (region) => {
    expect(differences(region)).toEqual([]);
  });

  it.each([
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('in %s are the name of the partition, of which no Region is opt-in', (region, partition) => {
    const changed = `.environment.variables.PARTITION: "aws" → "${partition}"`;
    const found = differences(region);
    const policies = found.filter((line) => line.startsWith('aws_iam_role_policy.'));
    expect(found.filter((line) => !policies.includes(line))).toEqual([
      `aws_lambda_function.collect-reports_function${changed}`,
      `aws_lambda_function.summarize-run_function${changed}`,
    ]);
    // Central root access is not asked there.
    expect(policies).toHaveLength(partition === 'aws-us-gov' ? 1 : 0);
    for (const line of policies) {
      const [, before = '', after] = /list-accounts_policy.policy: (.*) → (.*)/.exec(line) ?? [];
      expect(after).toBe(before.replace(' ListOrganizationsFeatures', ''));
    }
  });

  it('in us-iso-east-1 are the name of the partition, and that of the bucket for results: it has no namespaces of accounts', () => {
    const found = differences('us-iso-east-1');
    const functions = found.filter((line) => line.startsWith('aws_lambda_function.'));
    expect(functions).toHaveLength(2);
    for (const line of functions) expect(line).toMatch(/PARTITION: "aws" → "aws-iso"$/);
    const others = found.filter((line) => !functions.includes(line)).map((line) => line.split(': ')[0]);
    expect(others).toEqual([
      '//.metadata.overrides.aws_s3_bucket.0',
      'aws_athena_workgroup.queries_tables_workgroup.configuration.result_configuration.output_location',
      'aws_s3_bucket.queries_tables_results_bucket.bucket',
      'aws_s3_bucket.queries_tables_results_bucket.bucket_namespace',
      'aws_s3_bucket_policy.queries_tables_results_policy.policy',
      'output.reader_policy.value',
    ]);
  });

  it('in cn-north-1 are the name of the partition, and the traces of functions', () => {
    const functions = ['collect-reports', 'list-accounts', 'summarize-run'];
    const partition = '.environment.variables.PARTITION: "aws" → "aws-cn"';
    const found = differences('cn-north-1', none);
    expect(found.filter((line) => !line.startsWith('aws_iam_role_policy.'))).toEqual(
      functions.flatMap((name) => [
        ...(name === 'list-accounts' ? [] : [`aws_lambda_function.${name}_function${partition}`]),
        `aws_lambda_function.${name}_function.tracing_config.mode: "Active" → "PassThrough"`,
      ]),
    );
    const policies = found.filter((line) => line.startsWith('aws_iam_role_policy.'));
    expect(policies.map((line) => line.split('.')[1])).toEqual(functions.map((name) => `${name}_policy`));
    for (const line of policies) {
      const [, before = '', after] = /policy: (.*) → (.*)/.exec(line) ?? [];
      // Central root access is not asked there.
      expect(after).toBe(before.replace(' Trace', '').replace(' ListOrganizationsFeatures', ''));
    }
  });

  it.each(['af-south-1', 'ap-southeast-5', 'eu-central-3'])(
    'in %s, to which accounts opt in, are where STS and the StackSet are',
    (region) => {
      const sts = '.environment.variables.STS_REGION: "REGION" → "us-east-1"';
      expect(differences(region)).toEqual([
        'aws_cloudformation_stack_set_instance.report-role-stack-set_root.stack_set_instance_region: "REGION" → "us-east-1"',
        `aws_lambda_function.collect-reports_function${sts}`,
        'provider.aws.2.region: "REGION" → "us-east-1"',
      ]);
    },
  );
});

describe('the provider stack-sets', () => {
  const providersOf = (roleDeployment: object) =>
    new SynthesizedStack({ organizationId, region: 'af-south-1', roleDeployment }).json.provider.aws;

  it('is in every stack, also without a StackSet: one that is in the state can then be destroyed', () => {
    for (const roleDeployment of [stackSet, none])
      expect(providersOf(roleDeployment)).toContainEqual(
        expect.objectContaining({ alias: 'stack-sets', region: 'us-east-1' }),
      );
  });

  it('is that of the StackSet and its instances, and of nothing else', () => {
    const { resources } = new SynthesizedStack({ ...everyOption, roleDeployment: stackSet });
    const using = [...resources].filter(([, { provider }]) => provider === 'aws.stack-sets');
    expect(using.map(([path]) => path)).toEqual([
      'report-role-stack-set/stack-set',
      'report-role-stack-set/root',
    ]);
  });
});
