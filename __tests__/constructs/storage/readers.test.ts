/** Who else may read the results: what bucket, key and outputs say. */
import { Environment } from '../../../constructs/environment/environment';
import type { Statement } from '../../../constructs/policy';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';

const known = { organizationId: 'o-exampleorg1', roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] } };
const stackWith = (environment: object) => new SynthesizedStack({ ...known, ...environment });
const role = 'arn:aws:iam::333333333333:role/audit/Auditor';
const permissionSet =
  'arn:aws:iam::333333333333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Audit_*';
const readers = [role, permissionSet, '444444444444', 'o-exampleorg1'];
const loggingAccount = { accountId: '222222222222', roleName: 'TerraformDeploy' };
const existing = { kind: 'existing', name: 'auditors' };
const key = 'arn:aws:kms:us-east-1:555555555555:key/1234-ab';

const forReaders = (statements: unknown) =>
  ((statements ?? []) as Statement[]).filter(({ Sid }) => /By(Readers|Organization)$/.test(Sid));
const sids = (statements: unknown) => forReaders(statements).map(({ Sid }) => Sid);

const toNamed = {
  Principal: { AWS: ['arn:aws:iam::333333333333:root', 'arn:aws:iam::444444444444:root'] },
  Condition: {
    ArnLike: { 'aws:PrincipalArn': [role, permissionSet, 'arn:aws:iam::444444444444:*'] },
  },
};

describe('readers', () => {
  it('are nobody by default: no policy names one', () => {
    const stack = stackWith({ encryption: { kind: 'new-key' } });
    expect(sids(stack.policy('storage/report-bucket/policy').Statement)).toEqual([]);
    expect(sids(stack.policy('storage/report-key/policy').Statement)).toEqual([]);
    expect(stack.json.output.reader_trust_policy).toBeUndefined();
  });

  it.each([
    ['the same account', {}, 'storage', '111111111111'],
    ['a logging account', { loggingAccount }, 'storage/logging-account', '222222222222'],
  ])('get statements in the policies of bucket and key in %s', (_, environment, place, owner) => {
    const stack = stackWith({ ...environment, readers, encryption: { kind: 'new-key' } });
    const ofBucket = forReaders(stack.policy(`${place}/report-bucket/policy`).Statement);
    expect(ofBucket.map(({ Sid }) => Sid)).toEqual([
      'ReadResultsByReaders',
      'ReadResultsByOrganization',
      'ListResultsByReaders',
      'ListResultsByOrganization',
    ]);
    expect(ofBucket[0]).toMatchObject(toNamed);
    expect(forReaders(stack.policy(`${place}/report-key/policy`).Statement)).toEqual([
      {
        Sid: 'UseReportKeyByReaders',
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: '*',
        Principal: toNamed.Principal,
        Condition: {
          ...toNamed.Condition,
          StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
        },
      },
      {
        Sid: 'UseReportKeyByOrganization',
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: '*',
        Principal: '*',
        Condition: {
          StringEquals: {
            'kms:ViaService': 's3.us-east-1.amazonaws.com',
            'aws:PrincipalOrgID': ['o-exampleorg1'],
          },
          StringNotEquals: { 'aws:PrincipalAccount': owner },
        },
      },
    ]);
  });

  it('get statements for the policies of an existing bucket and key as outputs', () => {
    const { output } = stackWith({
      readers,
      bucket: existing,
      encryption: { kind: 'existing-key', keyArn: key },
    }).json;
    expect(sids(output.bucket_policy_statements?.value)).toHaveLength(4);
    expect(output.bucket_policy_statements?.value).toHaveLength(4);
    const ofKey = forReaders(output.key_policy_statements?.value);
    expect(ofKey.map(({ Sid }) => Sid)).toEqual(['UseReportKeyByReaders', 'UseReportKeyByOrganization']);
    expect(ofKey[1]?.Condition?.StringNotEquals).toEqual({ 'aws:PrincipalAccount': '555555555555' });
  });

  it('come after the functions, when another account owns the bucket', () => {
    const bucket = { ...existing, accountId: '333333333333' };
    const { output } = stackWith({ readers, bucket }).json;
    const statements = output.bucket_policy_statements?.value as Statement[];
    expect(statements.length).toBeGreaterThan(10);
    expect(sids(statements)).toHaveLength(4);
  });

  it('are refused, with the size, if the policy of the bucket would be too long for S3', () => {
    const many = Array.from(
      { length: 120 },
      (_, index) => `arn:aws:iam::${String(333333333333 + index)}:role/Auditor`,
    );
    expect(() => stackWith({ readers: many, loggingAccount })).toThrow(
      /^error: test: the policy of the bucket would have \d{5} bytes because of its readers, and S3 accepts 20480; use an account ID, or the organization ID, for several roles$/,
    );
    expect(() => stackWith({ readers: many, bucket: { ...existing, accountId: '333333333333' } })).toThrow(
      /^error: test: the policy of the bucket would have \d{5} bytes/,
    );
    expect(() => stackWith({ readers: many.slice(0, 20), loggingAccount })).not.toThrow();
  });
});

describe('the policy for readers', () => {
  it('has the same statements as the bucket, with the former keys', () => {
    const former = 'arn:aws:kms:us-east-1:333333333333:key/former';
    const { output } = stackWith({ encryption: { kind: 's3-managed', formerKeyArns: [former] } }).json;
    const { Statement } = JSON.parse(output.reader_policy?.value as string) as { Statement: Statement[] };
    expect(Statement.map(({ Sid, Resource }) => [Sid, [Resource].flat().length])).toEqual([
      ['ReadResults', 11],
      ['ListResults', 1],
      ['ReadWithFormerKeys', 1],
    ]);
  });

  it('reads below the prefix of the environment only', () => {
    const bucket = { kind: 'new', name: 'shared', prefix: 'audit/' };
    const { output } = stackWith({ bucket }).json;
    const { Statement } = JSON.parse(output.reader_policy?.value as string) as { Statement: Statement[] };
    const [bucketItself, ...objects] = [Statement[0]?.Resource ?? []].flat();
    expect(bucketItself).toBe('arn:aws:s3:::shared');
    for (const object of objects) expect(object).toMatch(/^arn:aws:s3:::shared\/audit\/./);
    expect(Statement[1]?.Condition?.StringLike).toEqual({ 's3:prefix': 'audit/*' });
  });
});

describe('the option readers', () => {
  const problemsOf = (environment: object) =>
    Environment.safeParse(environment).error?.issues.map(
      ({ path, message }) => `${path.join('.')} ${message}`,
    ) ?? [];

  it.each([
    ...readers,
    'arn:aws:iam::333333333333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Audit_*',
  ])('accepts %s', (reader) => {
    expect(problemsOf({ readers: [reader] })).toEqual([]);
  });

  it.each([
    'arn:aws:iam::333333333333:user/ada',
    'arn:aws:iam::333333333333:root',
    'arn:aws:sts::333333333333:assumed-role/Auditor/ada',
    'arn:aws:iam::333333333333:role/Audit*',
    'arn:aws:iam::*:role/Auditor',
    'arn:aws:iam::333333333333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_*',
    'arn:aws:iam::333333333333:role/${x}',
    '*',
    '33333333333',
    'o-short',
    'ou-ab12-12345678',
  ])('refuses %s', (reader) => {
    expect(problemsOf({ readers: [reader] })).toEqual([
      expect.stringMatching(
        /^readers\.0 must be the ARN of a role, a 12-digit account ID, or an organization ID/,
      ),
    ]);
  });

  it('refuses a role of another partition', () => {
    expect(problemsOf({ readers: [role.replace('arn:aws:', 'arn:aws-cn:')] })).toEqual([
      'readers must be roles in the partition of the Region: no policy can name a principal of another one',
    ]);
  });

  it('refuses the same reader twice', () => {
    expect(problemsOf({ readers: [role, role] })).toEqual(['readers must not list a value twice']);
  });
});
