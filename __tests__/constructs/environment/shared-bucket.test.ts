import { conflictsWith } from '../../../constructs/environment/conflicts';
import { Environment } from '../../../constructs/environment/environment';

/** Problems of the environment `two` beside `one`. */
function problems(one: object, two: object): string[] {
  const [first, second] = [one, two].map((options, index) =>
    Environment.parse({ reportRoleName: `reader-${index}`, ...options }),
  );
  return conflictsWith(new Map([['one', first!]]), 'two', second!).map(({ text }) => text);
}

const created = { bucket: { kind: 'new', name: 'reports' } };
const existing = (prefix?: string) => ({ bucket: { kind: 'existing', name: 'reports', prefix } });

describe('two environments', () => {
  it('cannot create the same bucket, and the message says how to share it', () => {
    expect(problems(created, created)).toEqual([
      'bucket.name must differ: one.json uses the same bucket, and only one can create it. To share it, set `bucket.kind` to ' +
        '`existing` in one file, and a `bucket.prefix` of its own in each; got "reports"',
    ]);
  });

  it('cannot use the same bucket without prefixes, and the message says to set them', () => {
    expect(problems(created, existing())).toEqual([
      'bucket.prefix must not contain or be contained in the prefix "" of the other environment: one.json uses the same ' +
        'bucket. Set a `bucket.prefix` of its own in each, such as "production/" and "test/", or use another bucket; got ""',
    ]);
  });

  it.each([
    ['production/', ''],
    ['', 'production/'],
    ['production/', 'production/'],
    ['audit/', 'audit/test/'],
    ['audit/test/', 'audit/'],
  ])('cannot use the same bucket with the prefixes "%s" and "%s": one contains the other', (one, two) => {
    expect(problems(existing(one), existing(two))).toHaveLength(1);
  });

  it('can use the same bucket if neither prefix starts with the other', () => {
    expect(problems(existing('test/'), existing('test-2/'))).toEqual([]);
    expect(problems({ bucket: { kind: 'new', name: 'reports', prefix: 'a/' } }, existing('b/'))).toEqual([]);
  });

  it('cannot use the bucket whose name is generated for the other one', () => {
    const loggingAccount = { accountId: '222222222222', roleName: 'TerraformDeploy' };
    const named = (name: string) => ({ bucket: { kind: 'existing', name } });
    const generated = 'iam-cr-one-222222222222-us-east-1-an';
    expect(problems({ loggingAccount }, named(generated))).toHaveLength(1);
    // Terraform looks up the account that collects: any account may be meant.
    expect(problems({}, named(generated))).toHaveLength(1);
    expect(problems({ loggingAccount }, named('iam-cr-one-333333333333-us-east-1-an'))).toEqual([]);
    expect(problems({}, named('iam-cr-one-archive-us-east-1-an'))).toEqual([]);
    expect(problems(named('iam-cr-two-222222222222-us-east-1-an'), { loggingAccount })).toHaveLength(1);
    expect(problems(named('iam-cr-two-222222222222-us-east-1-an'), {})).toHaveLength(1);
  });

  it('have different buckets by default, and in different partitions', () => {
    expect(problems({}, {})).toEqual([]);
    expect(problems(created, { ...created, region: 'us-gov-west-1' })).toEqual([]);
  });

  it('cannot log requests in a bucket that the other one creates: its policy lets no log be delivered', () => {
    const logging = { accessLogging: { bucketName: 'reports' } };
    expect(problems(created, logging)).toEqual([
      'accessLogging.bucketName must be a bucket of your own: one.json creates this one, whose policy lets no log be ' +
        'delivered; got "reports"',
    ]);
    expect(problems(logging, created)).toEqual([
      'bucket.name must not be the `accessLogging.bucketName` of one.json: this file creates the bucket, whose policy lets no ' +
        'log be delivered; got "reports"',
    ]);
    expect(problems(existing(), logging)).toEqual([]);
    expect(problems(created, { ...logging, region: 'us-gov-west-1' })).toEqual([]);
  });
});
