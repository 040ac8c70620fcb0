/** Every option of an environment, and what it changes in the Terraform JSON. */
import { Environment } from '../../../constructs/environment/environment';
import { everyOption } from '../../../tools/provider-schema/every-option';
import { providerSchema } from '../../../tools/provider-schema/provider-schema';
import { SynthesizedStack } from '../../../tools/support/synthesized-stack';

const known = { organizationId: 'o-exampleorg1', roleDeployment: { kind: 'stack-set', targets: ['r-ab12'] } };
const stackWith = (environment: object) => new SynthesizedStack({ ...known, ...environment });
const byDefault = stackWith({});
const definitionOf = (stack: SynthesizedStack) =>
  stack.resource('workflow/state-machine').definition as string;
const name = 'iam-credential-reports-test';
const key = 'arn:aws:kms:us-east-1:333333333333:key/1234-ab';

const HANDLERS = ['list-accounts', 'collect-reports', 'summarize-run'];
/** The value of a variable in every function that uses the bucket. */
const variablesOf = (stack: SynthesizedStack, variable: string) =>
  HANDLERS.map((handler) => {
    const { variables } = stack.resource(`${handler}/function`).environment as {
      variables: Record<string, string>;
    };
    return variables[variable];
  });

const inBucket = (arn: unknown) => String(arn).replace(/^arn:aws:s3:::[^/]*\//, '');

describe('bucket', () => {
  it('is created by default, named after the environment and the account', () => {
    expect(byDefault.resource('storage/report-bucket/bucket').bucket).toBe(
      'iam-cr-test-111111111111-us-east-1-an',
    );
  });

  it('is in the namespace of its account, unless its name is chosen', () => {
    const namespaceOf = (stack: SynthesizedStack) =>
      stack.resource('storage/report-bucket/bucket').bucket_namespace;
    expect(namespaceOf(byDefault)).toBe('account-regional');
    expect(namespaceOf(stackWith({ bucket: { kind: 'new', name: 'my-reports' } }))).toBeUndefined();
    expect(namespaceOf(stackWith({ region: 'me-south-1' }))).toBeUndefined();
  });

  it('has the chosen name wherever it is used', () => {
    const stack = stackWith({ bucket: { kind: 'new', name: 'my-reports' } });
    expect(stack.resource('storage/report-bucket/bucket').bucket).toBe('my-reports');
    expect(stack.resource('collect-reports/function')).toMatchObject({
      environment: { variables: { REPORT_BUCKET: 'my-reports' } },
    });
    expect(stack.resource('collect-reports/policy').policy).toContain(
      'arn:aws:s3:::my-reports/????-??-??/credentialReport_',
    );
  });

  it('is named with its owner in every function, which refuse the bucket of another account', () => {
    const owners = (environment: object) =>
      ['list-accounts', 'collect-reports', 'summarize-run'].map((handler) => {
        const { variables } = stackWith(environment).resource(`${handler}/function`).environment as {
          variables: Record<string, string>;
        };
        return variables.BUCKET_OWNER;
      });
    expect(owners({})).toEqual(Array(3).fill('111111111111'));
    expect(owners({ bucket: { kind: 'existing', name: 'auditors' } })).toEqual(Array(3).fill('111111111111'));
    const elsewhere = { kind: 'existing', name: 'auditors', accountId: '333333333333' };
    expect(owners({ bucket: elsewhere })).toEqual(Array(3).fill('333333333333'));
    const loggingAccount = { accountId: '222222222222', roleName: 'TerraformDeploy' };
    expect(owners({ loggingAccount })).toEqual(Array(3).fill('222222222222'));
  });

  it('gives nothing to a function if another account owns it', () => {
    for (const handler of ['list-accounts', 'collect-reports', 'summarize-run']) {
      const { Statement } = byDefault.policy(`${handler}/policy`);
      const statements = Statement.filter(({ Action }) => String(Action).includes('s3:'));
      expect(statements).not.toEqual([]);
      for (const { Condition } of statements)
        expect(Condition?.StringEquals).toEqual({ 'aws:ResourceAccount': '111111111111' });
    }
  });

  it.each(['new', 'existing'])('of kind %s gets every key below its prefix', (kind) => {
    const stack = stackWith({ bucket: { kind, name: 'shared', prefix: 'audit/prod/' } });
    for (const handler of ['list-accounts', 'collect-reports', 'summarize-run']) {
      expect(stack.resource(`${handler}/function`)).toMatchObject({
        environment: { variables: { BUCKET_PREFIX: 'audit/prod/' } },
      });
      for (const { Action, Resource, Condition } of stack.policy(`${handler}/policy`).Statement) {
        if (!String(Action).includes('s3:')) continue;
        const below =
          Action === 's3:ListBucket' ? Condition?.StringLike?.['s3:prefix'] : [Resource].flat().map(inBucket);
        for (const key of [below].flat()) expect(key).toMatch(/^audit\/prod\/./);
      }
    }
  });

  it('is used without any change if it exists', () => {
    const stack = stackWith({ bucket: { kind: 'existing', name: 'auditors' } });
    expect([...stack.resources.keys()].filter((path) => path.startsWith('storage/report-bucket'))).toEqual(
      [],
    );
    expect(stack.resource('list-accounts/function')).toMatchObject({
      environment: { variables: { REPORT_BUCKET: 'auditors' } },
    });
    expect(stack.json.output.bucket_policy_statements).toBeUndefined();
  });

  it('in another account gives the statements that its owner has to add as an output', () => {
    const stack = stackWith({ bucket: { kind: 'existing', name: 'auditors', accountId: '333333333333' } });
    const statements = stack.json.output.bucket_policy_statements!.value as object[];
    expect(statements).toContainEqual({
      Sid: 'StoreReportsOfCollectReports',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111111111111:root' },
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::auditors/????-??-??/credentialReport_????????????.csv',
      Condition: {
        StringEquals: { 'aws:ResourceAccount': '333333333333' },
        ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::111111111111:role/${name}-collect-reports` },
      },
    });
    const own = HANDLERS.flatMap((handler) =>
      stack.policy(`${handler}/policy`).Statement.filter(({ Action }) => String(Action).includes('s3:')),
    );
    expect(statements).toHaveLength(own.length);
  });

  it('in another account gets objects that belong to that account, and no other ACL is allowed', () => {
    const stack = stackWith({ bucket: { kind: 'existing', name: 'auditors', accountId: '333333333333' } });
    expect(variablesOf(stack, 'BUCKET_ACL')).toEqual(Array(3).fill('bucket-owner-full-control'));
    for (const handler of HANDLERS) {
      const { Statement } = stack.policy(`${handler}/policy`);
      const written = Statement.filter(({ Action }) => [Action].flat().includes('s3:PutObject'));
      expect(Statement).toContainEqual({
        Sid: 'GiveToBucketOwner',
        Effect: 'Allow',
        Action: 's3:PutObjectAcl',
        Resource: written.flatMap(({ Resource = [] }) => Resource),
        Condition: {
          StringEquals: {
            'aws:ResourceAccount': '333333333333',
            's3:x-amz-acl': 'bucket-owner-full-control',
          },
        },
      });
    }
    const statements = stack.json.output.bucket_policy_statements!.value as { Sid: string }[];
    expect(statements.map(({ Sid }) => Sid)).toEqual(
      expect.arrayContaining(
        ['ListAccounts', 'CollectReports', 'SummarizeRun'].map((of) => `GiveToBucketOwnerOf${of}`),
      ),
    );
  });

  it('gets objects without an ACL where the account of the bucket owns them anyway', () => {
    const loggingAccount = { accountId: '222222222222', roleName: 'TerraformDeploy' };
    const own = { bucket: { kind: 'existing', name: 'auditors' } };
    for (const stack of [byDefault, stackWith({ loggingAccount }), stackWith(own)]) {
      expect(variablesOf(stack, 'BUCKET_ACL')).toEqual(['', '', '']);
      expect(JSON.stringify(stack.json)).not.toContain('PutObjectAcl');
    }
  });

  it('in another account has a policy with room for the statements and for those of its owner', () => {
    const bucket = {
      kind: 'existing',
      name: 'a'.repeat(63),
      accountId: '333333333333',
      prefix: `${'a'.repeat(98)}/`,
    };
    const { value } = stackWith({ bucket, encryption: { kind: 'existing-key', keyArn: key } }).json.output
      .bucket_policy_statements!;
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html
    expect(JSON.stringify(value).length).toBeLessThan(20 * 1024);
  });
});

describe('owners', () => {
  const sids = (environment: object) => {
    const { Statement } = stackWith(environment).policy('list-accounts/policy');
    return Statement.flatMap(({ Sid }) => (/Tags|Units?Names|Directory|Owners/.test(Sid) ? [Sid] : []));
  };
  const directory = ['KeepDirectory', 'FindDirectory'];

  it('are not read by default: no function may', () => {
    expect(sids({})).toEqual([]);
    expect(definitionOf(byDefault)).not.toContain('owners');
  });

  it('of tags need two actions in the management account, and one where a delegated administrator collects', () => {
    const owners = { tag: 'Owner' };
    expect(sids({ owners })).toEqual(['ReadTags', 'ReadTagsOneByOne', ...directory]);
    expect(sids({ owners, collectFrom: 'delegated-administrator' })).toEqual([
      'ReadTagsOneByOne',
      ...directory,
    ]);
  });

  it('of a file, and names of units, need no more than to read them', () => {
    expect(sids({ owners: { file: true } })).toEqual(['ReadOwnersFile', 'FindOwnersFile']);
    expect(sids({ owners: { unitNames: true } })).toEqual(['ReadUnitNames', ...directory]);
    expect(sids({ owners: { email: true } })).toEqual([]);
  });

  it('are read for exemptions that name a tag, too', () => {
    const exemption = {
      accountTag: { key: 'Stage', value: 'sandbox' },
      user: '*',
      check: 'console-mfa',
      reason: 'sandbox',
      expires: '2027-01-01',
    };
    expect(sids({ checks: { exemptions: [exemption] } })).toContain('ReadTags');
  });

  it('need nothing in member accounts', () => {
    const template = (environment: object) =>
      stackWith(environment).resource('report-role-stack-set/stack-set').template_body;
    expect(template({ owners: { tag: 'Owner', file: true, email: true, unitNames: true } })).toEqual(
      template({}),
    );
  });
});

describe('the AWS provider', () => {
  it('is any version 6 that knows every attribute', () => {
    expect(byDefault.json.terraform).toMatchObject({
      required_providers: { aws: { version: '>= 6.64.0, < 7.0.0' } },
    });
  });
});

describe('encryption', () => {
  const rule = (stack: SynthesizedStack) =>
    (stack.resource('storage/report-bucket/encryption').rule as object[])[0];

  const existing = { kind: 'existing', name: 'auditors' };

  it.each([
    [{}, 'AES256'],
    [{ encryption: { kind: 'bucket-default' } }, 'AES256'],
    [{ encryption: { kind: 's3-managed' } }, 'AES256'],
    [{ encryption: { kind: 'existing-key', keyArn: key } }, key],
    [{ bucket: existing }, ''],
    [{ bucket: existing, encryption: { kind: 'bucket-default', formerKeyArns: [key] } }, ''],
    [{ bucket: existing, encryption: { kind: 's3-managed' } }, 'AES256'],
    [{ bucket: existing, encryption: { kind: 'existing-key', keyArn: key } }, key],
  ])('is named by every function that writes with the environment %j', (environment, expected) => {
    expect(variablesOf(stackWith(environment), 'BUCKET_ENCRYPTION')).toEqual(Array(3).fill(expected));
  });

  it('is named by the key that Terraform creates, also in a logging account', () => {
    const loggingAccount = { accountId: '222222222222', roleName: 'TerraformDeploy' };
    for (const place of [{}, { loggingAccount }]) {
      const stack = stackWith({ encryption: { kind: 'new-key' }, ...place });
      const [first, ...others] = variablesOf(stack, 'BUCKET_ENCRYPTION');
      expect(first).toMatch(/^\$\{aws_kms_key\.[\w-]*report-key[\w-]*\.arn\}$/);
      expect(others).toEqual([first, first]);
    }
  });

  it('of an existing bucket is left to it, and no key may be used, unless the file says otherwise', () => {
    const stack = stackWith({ bucket: existing });
    for (const handler of HANDLERS) expect(stack.resource(`${handler}/policy`).policy).not.toContain('kms:');
    expect(stack.json.output.key_policy_statements).toBeUndefined();
  });

  it('uses keys that S3 manages by default', () => {
    expect(rule(byDefault)).toEqual({
      apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' },
      blocked_encryption_types: ['SSE-C'],
    });
  });

  it('creates a key that KMS rotates, and lets the functions use it through S3', () => {
    const stack = stackWith({ encryption: { kind: 'new-key' } });
    expect(stack.resource('storage/report-key/key')).toMatchObject({ enable_key_rotation: true });
    expect(rule(stack)).toMatchObject({ bucket_key_enabled: true });
    expect(stack.policy('collect-reports/policy').Statement).toContainEqual({
      Sid: 'UseReportKey',
      Effect: 'Allow',
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: expect.stringMatching(/^\$\{aws_kms_key\..*\.arn\}$/) as string,
      Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    });
  });

  it('uses an existing key, and gives the statements that its key policy needs as an output', () => {
    const stack = stackWith({ encryption: { kind: 'existing-key', keyArn: key } });
    expect(rule(stack)).toMatchObject({
      apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: key },
    });
    expect(stack.policy('list-accounts/policy').Statement).toContainEqual({
      Sid: 'UseReportKey',
      Effect: 'Allow',
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: key,
      Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    });
    expect(stack.json.output.key_policy_statements!.value).toContainEqual({
      Sid: 'UseReportKeyOfListAccounts',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111111111111:root' },
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
        ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::111111111111:role/${name}-list-accounts` },
      },
    });
  });
});

describe('encryption.formerKeyArns', () => {
  const former = 'arn:aws:kms:us-east-1:333333333333:key/former';
  const decrypting = {
    Sid: 'ReadWithFormerKeys',
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: [former],
    Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
  };

  it.each([
    ['bucket-default', {}],
    ['s3-managed', {}],
    ['existing-key', { keyArn: key }],
    ['new-key', {}],
  ])('lets the functions decrypt what they read, and encrypt nothing with it, with %s', (kind, more) => {
    const stack = stackWith({ encryption: { kind, ...more, formerKeyArns: [former] } });
    for (const handler of ['list-accounts', 'collect-reports', 'summarize-run'])
      expect(stack.policy(`${handler}/policy`).Statement).toContainEqual(decrypting);
  });

  it('does so for an existing bucket', () => {
    const encryption = { kind: 's3-managed', formerKeyArns: [former] };
    const stack = stackWith({ bucket: { kind: 'existing', name: 'auditors' }, encryption });
    expect(stack.policy('summarize-run/policy').Statement).toContainEqual(decrypting);
  });
});

describe('chat', () => {
  const stack = stackWith({ chat: true });
  const topic = `arn:aws:sns:us-east-1:111111111111:${name}-chat`;

  it('adds a topic of its own, which has the key of the alerts and accepts messages over TLS only', () => {
    expect(stack.resource('chat/topic')).toEqual({
      type: 'aws_sns_topic',
      name: `${name}-chat`,
      kms_master_key_id: stack.resource('alerts/topic').kms_master_key_id,
    });
    expect(stack.policy('chat/policy', 'policy').Statement).toEqual([
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sns:Publish',
        Resource: topic,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
    expect(stack.json.output.chat_topic_arn!.value).toBe(topic);
  });

  it('lets the workflow publish to it, and gives the workflow nothing else', () => {
    const statements = (of: SynthesizedStack) => of.policy('workflow/policy', 'policy').Statement;
    const before = statements(byDefault);
    expect(statements(stack).filter(({ Sid }) => !before.some((statement) => statement.Sid === Sid))).toEqual(
      [{ Sid: 'PublishChatMessage', Effect: 'Allow', Action: 'sns:Publish', Resource: topic }],
    );
    expect(statements(stack)).toHaveLength(before.length + 1);
    expect(definitionOf(stack)).toContain(`"TopicArn": "${topic}"`);
  });

  it('subscribes nobody who has an email address', () => {
    const withEmails = stackWith({ chat: true, alertEmails: ['a@example.com'] });
    const topics = [...withEmails.resources.values()].flatMap(({ type, topic_arn }) =>
      type === 'aws_sns_topic_subscription' ? [topic_arn] : [],
    );
    expect(topics).toEqual([expect.stringMatching(/alerts_topic/)]);
  });

  it('is off by default: there is no topic, output or state', () => {
    expect([...byDefault.resources.keys()].filter((path) => path.startsWith('chat'))).toEqual([]);
    expect(byDefault.json.output).not.toHaveProperty('chat_topic_arn');
    expect(definitionOf(byDefault)).not.toContain('PublishChatMessage');
  });
});

describe('reportRoleName', () => {
  it('cannot be the name of another role of an environment', () => {
    const own = [...byDefault.resources]
      .filter(([path]) => path.endsWith('/role') && path !== 'report-role/role')
      .map(([, role]) => String(role.name));
    expect(own).toContain(`${name}-collect-reports`);
    expect(own.filter((role) => Environment.safeParse({ reportRoleName: role }).success)).toEqual([]);
  });
});

describe('signing', () => {
  const variable = (stack: SynthesizedStack) =>
    (stack.resource('summarize-run/function').environment as { variables: Record<string, string> }).variables
      .SIGNING_KEY;

  it('is off by default: no key, no permission, no output', () => {
    expect(variable(byDefault)).toBe('');
    expect([...byDefault.resources.keys()].filter((path) => path.startsWith('storage/signing-key'))).toEqual(
      [],
    );
    expect(byDefault.resource('summarize-run/policy').policy).not.toContain('kms:');
    expect(Object.keys(byDefault.json.output).filter((output) => output.startsWith('signing'))).toEqual([]);
  });

  it('creates an asymmetric key that only summarize-run may sign hashes with', () => {
    const stack = stackWith({ signing: true });
    expect(stack.resource('storage/signing-key/key')).toMatchObject({
      key_usage: 'SIGN_VERIFY',
      customer_master_key_spec: 'ECC_NIST_P256',
      deletion_window_in_days: 30,
    });
    expect(stack.resource('storage/signing-key/alias').name).toMatch(
      /^alias\/iam-credential-reports-test-signing-\$\{substr\(aws_kms_key\..*\.key_id, 0, 8\)\}$/,
    );
    expect(stack.policy('storage/signing-key/key').Statement).toContainEqual({
      Sid: 'SignerOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 'kms:Sign',
      Resource: '*',
      Condition: {
        ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::111111111111:role/${name}-summarize-run` },
      },
    });
    const ofKey = expect.stringMatching(/^\$\{aws_kms_key\..*signing-key.*\.arn\}$/) as string;
    expect(variable(stack)).toEqual(ofKey);
    expect(stack.policy('summarize-run/policy').Statement.slice(0, 2)).toEqual([
      {
        Sid: 'SignManifests',
        Effect: 'Allow',
        Action: 'kms:Sign',
        Resource: ofKey,
        Condition: { StringEquals: { 'kms:MessageType': 'DIGEST', 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } },
      },
      { Sid: 'ReadPublicKey', Effect: 'Allow', Action: 'kms:GetPublicKey', Resource: ofKey },
    ]);
    for (const handler of ['list-accounts', 'collect-reports'])
      expect(stack.resource(`${handler}/policy`).policy).not.toContain('kms:');
  });

  it('gives the key and its public key as outputs', () => {
    const { signing_key_arn: arn, signing_public_key: pem } = stackWith({ signing: true }).json.output;
    expect(arn?.value).toMatch(/aws_kms_key\..*signing-key.*\.arn/);
    expect(pem?.value).toMatch(/data\.aws_kms_public_key\..*\.public_key_pem/);
  });

  it('changes nothing else, so that it can be switched on and off', () => {
    const signed = stackWith({ signing: true });
    const others = [...signed.resources.keys()].filter((path) => !path.startsWith('storage/signing-key/'));
    expect(others).toEqual([...byDefault.resources.keys()]);
    const changed = others.filter(
      (path) => JSON.stringify(signed.resource(path)) !== JSON.stringify(byDefault.resource(path)),
    );
    expect(changed.sort()).toEqual(['summarize-run/function', 'summarize-run/policy']);
  });
});

describe('retentionDays', () => {
  it('is known to summarize-run, which writes it into the manifest', () => {
    const variables = (stack: SynthesizedStack) => stack.resource('summarize-run/function').environment;
    expect(variables(byDefault)).toMatchObject({ variables: { RETENTION_DAYS: '' } });
    expect(variables(stackWith({ retentionDays: 400 }))).toMatchObject({
      variables: { RETENTION_DAYS: '400' },
    });
  });
});

describe('loggingAccount', () => {
  const stack = stackWith({
    loggingAccount: { accountId: '222222222222', roleName: 'TerraformDeploy' },
    encryption: { kind: 'new-key' },
    signing: true,
  });

  it('gets the bucket, the keys, and their policies, through a role there', () => {
    expect(stack.json.provider.aws).toContainEqual(
      expect.objectContaining({
        alias: 'logging-account',
        assume_role: [{ role_arn: 'arn:aws:iam::222222222222:role/TerraformDeploy' }],
      }),
    );
    const there = [...stack.resources].filter(([, { provider }]) => provider === 'aws.logging-account');
    expect(there.map(([path]) => path).sort()).toEqual([
      'storage/logging-account/report-bucket/bucket',
      'storage/logging-account/report-bucket/encryption',
      'storage/logging-account/report-bucket/ownership',
      'storage/logging-account/report-bucket/policy',
      'storage/logging-account/report-bucket/public-access',
      'storage/logging-account/report-bucket/retention/lifecycle',
      'storage/logging-account/report-bucket/retention/versioning',
      'storage/logging-account/report-key/alias',
      'storage/logging-account/report-key/key',
      'storage/logging-account/report-key/policy',
      'storage/logging-account/signing-key/alias',
      'storage/logging-account/signing-key/key',
    ]);
    expect(stack.resource('storage/logging-account/report-bucket/bucket').bucket).toBe(
      'iam-cr-test-222222222222-us-east-1-an',
    );
  });

  it('is not used by default: the bucket is in this account and its policy has no grants', () => {
    expect(byDefault.resource('storage/report-bucket/bucket').provider).toBeUndefined();
    expect(byDefault.policy('storage/report-bucket/policy').Statement.map(({ Sid }) => Sid)).toEqual([
      'TlsOnly',
    ]);
  });
});

describe('alertEmails', () => {
  it('are each subscribed to the topic', () => {
    const stack = stackWith({ alertEmails: ['a@example.com', 'b@example.com'] });
    const endpoints = [...stack.resources.values()].flatMap(({ type, endpoint }) =>
      type === 'aws_sns_topic_subscription' ? [endpoint] : [],
    );
    expect(endpoints).toEqual(['a@example.com', 'b@example.com']);
    expect([...byDefault.resources.values()].some(({ type }) => type === 'aws_sns_topic_subscription')).toBe(
      false,
    );
  });
});

describe('reportRoleName', () => {
  it('names the role that is created and the role that is assumed', () => {
    const stack = stackWith({ reportRoleName: 'reader' });
    expect(stack.resource('report-role/role').name).toBe('reader');
    expect(stack.resource('report-role-stack-set/stack-set').template_body).toContain('"RoleName": "reader"');
    expect(stack.resource('collect-reports/function')).toMatchObject({
      environment: { variables: { REPORT_ROLE_NAME: 'reader' } },
    });
    expect(stack.resource('collect-reports/policy').policy).toContain('arn:aws:iam::*:role/reader');
  });
});

describe('organizationId', () => {
  it('is looked up unless it is set', () => {
    const lookedUp = new SynthesizedStack({ roleDeployment: known.roleDeployment });
    expect(lookedUp.json.data).toHaveProperty('aws_organizations_organization');
    expect(lookedUp.resource('report-role/role').assume_role_policy).toContain(
      '${data.aws_organizations_organization',
    );
    expect(byDefault.json.data).not.toHaveProperty('aws_organizations_organization');
    expect(byDefault.resource('report-role/role').assume_role_policy).toContain('o-exampleorg1');
  });
});

describe('roleDeployment', () => {
  const targets = (stack: SynthesizedStack) =>
    [...stack.resources.values()].flatMap(({ type, deployment_targets: one }) =>
      type === 'aws_cloudformation_stack_set_instance'
        ? (one as { organizational_unit_ids: string[] }).organizational_unit_ids
        : [],
    );

  it('is a StackSet for the root, or for the targets that are set', () => {
    expect(targets(new SynthesizedStack())).toEqual([
      '${data.aws_organizations_organization.organization.roots[0].id}',
    ]);
    const ous = ['ou-ab12-abcdefgh', 'ou-ab12-ijklmnop'];
    expect(targets(stackWith({ roleDeployment: { kind: 'stack-set', targets: ous } }))).toEqual(ous);
  });

  it('deploys to accounts that join later, to many at once, and tolerates accounts that fail', () => {
    expect(byDefault.resource('report-role-stack-set/stack-set')).toMatchObject({
      permission_model: 'SERVICE_MANAGED',
      auto_deployment: { enabled: true },
      lifecycle: { ignore_changes: ['administration_role_arn'] },
    });
    expect(byDefault.resource('report-role-stack-set/root').operation_preferences).toEqual({
      max_concurrent_percentage: 100,
      failure_tolerance_percentage: 100,
      concurrency_mode: 'SOFT_FAILURE_TOLERANCE',
    });
  });

  it('never takes the role out of the accounts of a target to put it there again', () => {
    expect(byDefault.resource('report-role-stack-set/root').lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: ['operation_preferences'],
    });
  });

  it('can be left to the user: only the account that runs the collection gets the role then', () => {
    const stack = stackWith({ roleDeployment: { kind: 'none' } });
    expect([...stack.resources.keys()].filter((path) => path.startsWith('report-role'))).toEqual([
      'report-role/role',
      'report-role/policy',
    ]);
  });
});

describe('collectFrom', () => {
  const stackSet = (stack: SynthesizedStack) =>
    ['stack-set', 'root'].map((part) => stack.resource(`report-role-stack-set/${part}`).call_as);

  it('is the management account by default, whose role is created directly because no StackSet reaches it', () => {
    expect(stackSet(byDefault)).toEqual(['SELF', 'SELF']);
    expect(byDefault.resources.has('report-role/role')).toBe(true);
  });

  it('can be a delegated administrator, whose StackSet creates the role in its own account too', () => {
    const stack = stackWith({ collectFrom: 'delegated-administrator' });
    expect(stackSet(stack)).toEqual(['DELEGATED_ADMIN', 'DELEGATED_ADMIN']);
    expect(stack.resources.has('report-role/role')).toBe(false);
  });

  it('can be a delegated administrator without a StackSet, whose role is created directly', () => {
    const stack = stackWith({ collectFrom: 'delegated-administrator', roleDeployment: { kind: 'none' } });
    expect(stack.resources.has('report-role/role')).toBe(true);
  });
});

describe('logRetentionDays', () => {
  it('applies to every log group', () => {
    const retentions = (stack: SynthesizedStack) =>
      [...stack.resources.values()].flatMap(({ type, retention_in_days: days }) =>
        type === 'aws_cloudwatch_log_group' ? [days] : [],
      );
    expect(retentions(byDefault)).toEqual([365, 365, 365, 365]);
    expect(retentions(stackWith({ logRetentionDays: 30 }))).toEqual([30, 30, 30, 30]);
  });
});

describe('operationsKeyArn', () => {
  const environment = { operationsKeyArn: key, athena: true };
  const stack = stackWith(environment);
  const handlers = ['list-accounts', 'collect-reports', 'summarize-run'];
  const arnOf = (handler: string) => `arn:aws:lambda:us-east-1:111111111111:function:${name}-${handler}`;
  const variables = (handler: string) => ({
    Sid: 'DecryptVariables',
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: key,
    Condition: { StringEquals: { 'kms:EncryptionContext:aws:lambda:FunctionArn': arnOf(handler) } },
  });
  const input = {
    Sid: 'DecryptInput',
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Resource: key,
    Condition: {
      StringEquals: {
        'kms:EncryptionContext:aws:scheduler:schedule:arn':
          'arn:aws:scheduler:us-east-1:111111111111:schedule/default/iam-credential-reports-test',
      },
    },
  };
  const keysOf = (synthesized: SynthesizedStack, type: string, field: string) =>
    [...synthesized.resources.values()].flatMap((resource) =>
      resource.type === type ? [resource[field]] : [],
    );

  it('encrypts every log group, the variables of every function, and the input of the schedule', () => {
    expect(keysOf(stack, 'aws_cloudwatch_log_group', 'kms_key_id')).toEqual(Array(4).fill(key));
    expect(keysOf(stack, 'aws_lambda_function', 'kms_key_arn')).toEqual(Array(3).fill(key));
    expect(stack.resource('schedule/schedule').kms_key_arn).toBe(key);
  });

  it('lets each role decrypt what it needs, and nothing else', () => {
    const decrypting = (part: string) =>
      stack.policy(`${part}/policy`).Statement.filter(({ Resource }) => Resource === key);
    expect(decrypting('list-accounts')).toEqual([variables('list-accounts')]);
    expect(decrypting('collect-reports')).toEqual([variables('collect-reports')]);
    expect(decrypting('summarize-run')).toEqual([variables('summarize-run')]);
    expect(decrypting('schedule')).toEqual([input]);
    expect(decrypting('workflow')).toEqual([]);
  });

  it('gives the statements that its policy needs as an output', () => {
    const principal = (part: string) => ({
      'aws:PrincipalArn': `arn:aws:iam::111111111111:role/${name}-${part}`,
    });
    const groups = [
      '/aws/vendedlogs/states/iam-credential-reports-test',
      ...handlers.map((handler) => `/aws/lambda/${name}-${handler}`),
    ];
    const granted = (statement: ReturnType<typeof variables>, part: string, suffix: string) => ({
      ...statement,
      Sid: `${statement.Sid}Of${suffix}`,
      Principal: { AWS: 'arn:aws:iam::111111111111:root' },
      Resource: '*',
      Condition: { ...statement.Condition, ArnEquals: principal(part) },
    });
    expect(stack.json.output.operations_key_policy_statements!.value).toEqual([
      {
        Sid: 'EncryptLogs',
        Effect: 'Allow',
        Principal: { Service: 'logs.us-east-1.amazonaws.com' },
        Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        Resource: '*',
        Condition: {
          ArnEquals: {
            'kms:EncryptionContext:aws:logs:arn': groups.map(
              (group) => `arn:aws:logs:us-east-1:111111111111:log-group:${group}`,
            ),
          },
        },
      },
      granted(variables('list-accounts'), 'list-accounts', 'ListAccounts'),
      granted(variables('collect-reports'), 'collect-reports', 'CollectReports'),
      granted(variables('summarize-run'), 'summarize-run', 'SummarizeRun'),
      granted(input as never, 'schedule', 'Schedule'),
    ]);
  });

  it('names the service in the partition of the Region', () => {
    const chinese = 'arn:aws-cn:kms:cn-north-1:333333333333:key/1234-ab';
    const { json } = stackWith({
      region: 'cn-north-1',
      roleDeployment: { kind: 'none' },
      operationsKeyArn: chinese,
    });
    expect(JSON.stringify(json.output.operations_key_policy_statements)).toContain(
      '{"Service":"logs.cn-north-1.amazonaws.com.cn"}',
    );
  });

  it('is left out by default', () => {
    expect(keysOf(byDefault, 'aws_cloudwatch_log_group', 'kms_key_id')).toEqual(Array(4).fill(undefined));
    expect(JSON.stringify(byDefault.json)).not.toMatch(/DecryptVariables|DecryptInput|operations_key/);
  });

  it('must be in the Region of the environment', () => {
    const { error } = Environment.safeParse({ region: 'eu-central-1', operationsKeyArn: key });
    expect(error?.issues.map(({ message }) => message)).toEqual([
      'must be the ARN of a key in the Region of the environment',
    ]);
  });
});

describe('accessLogging', () => {
  const accessLogging = { bucketName: 'example-access-logs', prefix: 'reports/' };
  const loggingAccount = { accountId: '222222222222', roleName: 'TerraformDeploy' };
  const logged = (stack: SynthesizedStack) =>
    [...stack.resources.values()].filter(({ type }) => type === 'aws_s3_bucket_logging');

  it('logs the requests to every bucket that is created', () => {
    expect(logged(stackWith({ accessLogging }))).toHaveLength(1);
    const both = logged(stackWith({ accessLogging, athena: true }));
    expect(both).toHaveLength(2);
    for (const one of both)
      expect(one).toMatchObject({ target_bucket: 'example-access-logs', target_prefix: 'reports/' });
    expect(logged(byDefault)).toEqual([]);
  });

  it('gives the statement that lets S3 deliver the log, for the account that has the buckets', () => {
    const stack = stackWith({ accessLogging, athena: true, loggingAccount });
    expect(stack.json.output.access_logging_policy_statements!.value).toEqual([
      {
        Sid: 'DeliverAccessLog',
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::example-access-logs/reports/*',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '222222222222' },
          ArnEquals: {
            'aws:SourceArn': [
              'arn:aws:s3:::iam-cr-test-222222222222-us-east-1-an',
              'arn:aws:s3:::iam-cq-test-222222222222-us-east-1-an',
            ],
          },
        },
      },
    ]);
    for (const one of logged(stack)) expect(one.provider).toBe('aws.logging-account');
  });

  it.each([
    [{ kind: 'existing', name: 'auditors' }, 'example-access-logs', ['accessLogging']],
    [{ kind: 'new', name: 'my-reports' }, 'my-reports', ['accessLogging.bucketName']],
    [{ kind: 'new' }, 'iam-cr-test-111111111111-us-east-1-an', ['accessLogging.bucketName']],
    [{ kind: 'new' }, 'example-access-logs', []],
  ])(
    'is refused for a bucket of others, and into a bucket of reports: %j, %s',
    (bucket, bucketName, paths) => {
      const { error } = Environment.safeParse({ bucket, accessLogging: { bucketName } });
      expect((error?.issues ?? []).map(({ path }) => path.join('.'))).toEqual(paths);
    },
  );
});

describe('schedule', () => {
  it('is 08:00 UTC unless it is set', () => {
    expect(byDefault.resource('schedule/schedule')).toMatchObject({
      schedule_expression: 'cron(0 8 * * ? *)',
      schedule_expression_timezone: 'UTC',
    });
    expect(
      stackWith({ schedule: { hour: 21, timezone: 'Asia/Tokyo' } }).resource('schedule/schedule'),
    ).toMatchObject({
      schedule_expression: 'cron(0 21 * * ? *)',
      schedule_expression_timezone: 'Asia/Tokyo',
    });
  });
});

describe('waiting', () => {
  it('is 45 cycles of 60 seconds unless it is set', () => {
    const waiting = (stack: SynthesizedStack) => /"waiting": (\{[^}]*\})/.exec(definitionOf(stack))?.[1];
    expect(JSON.parse(waiting(byDefault)!)).toEqual({ seconds: 60, cycles: 45 });
    const stack = stackWith({ waiting: { seconds: 30, cycles: 10 } });
    expect(JSON.parse(waiting(stack)!)).toEqual({ seconds: 30, cycles: 10 });
  });
});

describe('accounts', () => {
  it('are all accounts unless some are included or excluded', () => {
    const accounts = {
      includeOus: ['ou-ab12-abcdefgh'],
      excludeOus: ['ou-ab12-ijklmnop'],
      exclude: ['444444444444'],
    };
    const selection = (stack: SynthesizedStack) =>
      (
        JSON.parse(definitionOf(stack)) as {
          States: { ListAccounts: { Parameters: { Payload: { settings: { selection: object } } } } };
        }
      ).States.ListAccounts.Parameters.Payload.settings.selection;
    expect(selection(byDefault)).toEqual({ includeOus: [], excludeOus: [], exclude: [] });
    expect(selection(stackWith({ accounts }))).toEqual(accounts);
    const pilot = { kind: 'stack-set', targets: ['ou-ab12-abcdefgh'] };
    expect(selection(stackWith({ roleDeployment: pilot }))).toEqual({
      includeOus: pilot.targets,
      includeCollectingAccount: true,
      excludeOus: [],
      exclude: [],
    });
  });
});

describe('scale', () => {
  it('sets the size of batches and how many accounts and batches run at the same time', () => {
    const stack = stackWith({ scale: { batchSize: 50, batchConcurrency: 5, mapConcurrency: 90 } });
    expect(stack.resource('list-accounts/function')).toMatchObject({
      environment: { variables: { BATCH_SIZE: '50' } },
    });
    expect(stack.resource('collect-reports/function')).toMatchObject({
      environment: { variables: { CONCURRENCY: '5' } },
    });
    expect(definitionOf(stack)).toContain('"MaxConcurrency": 90,');
  });
});

describe('tags', () => {
  const tagged = { ...everyOption.everything!, tags: { team: 'security' } };
  const canHaveTags = ({ type }: { type: string }) => 'tags' in (providerSchema.resource[type] ?? {});

  it('are on every resource that can have tags, and do not depend on those of a provider', () => {
    const stack = new SynthesizedStack(tagged);
    const resources = [...stack.resources.values()].filter(canHaveTags);
    expect(resources.length).toBeGreaterThan(30);
    for (const { type, tags } of resources) expect([type, tags]).toEqual([type, { team: 'security' }]);
    for (const provider of stack.json.provider.aws) expect(provider).not.toHaveProperty('default_tags');
  });

  it('are on none if there are none', () => {
    const stack = new SynthesizedStack({ ...tagged, tags: {} });
    for (const resource of stack.resources.values()) expect(resource).not.toHaveProperty('tags');
  });
});

describe('region', () => {
  it.each([
    ['us-east-1', 'aws', 's3.us-east-1.amazonaws.com'],
    ['eu-central-1', 'aws', 's3.eu-central-1.amazonaws.com'],
    ['us-gov-west-1', 'aws-us-gov', 's3.us-gov-west-1.amazonaws.com'],
    ['eusc-de-east-1', 'aws-eusc', 's3.eusc-de-east-1.amazonaws.eu'],
    ['us-iso-east-1', 'aws-iso', 's3.us-iso-east-1.c2s.ic.gov'],
    ['cn-north-1', 'aws-cn', 's3.cn-north-1.amazonaws.com.cn'],
  ])('%s is used everywhere, with ARNs of the partition %s', (region, partition, endpoint) => {
    const roleDeployment = partition === 'aws-cn' ? { kind: 'none' } : known.roleDeployment;
    const stack = stackWith({ region, encryption: { kind: 'new-key' }, roleDeployment });
    const json = JSON.stringify(stack.json);
    const partitions = new Set([...json.matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found));
    expect(partitions).toEqual(new Set([partition]));
    const regions = new Set(
      [...json.matchAll(/\b(?:us|eu|cn|ap|eusc)-(?:gov-|iso-|de-)?[a-z]+-\d\b/g)].map(([found]) => found),
    );
    expect(regions).toEqual(new Set([region]));
    expect(json).toContain(endpoint);
    expect(stack.resource('collect-reports/function')).toMatchObject({
      environment: { variables: { PARTITION: partition } },
    });
  });
});

describe('a Region in China', () => {
  const stack = stackWith({ region: 'cn-north-1', roleDeployment: { kind: 'none' } });

  it.each(['list-accounts', 'collect-reports', 'summarize-run'])(
    'has no traces of %s, because AWS Lambda sends none there',
    (handler) => {
      const tracing = (one: SynthesizedStack) => one.resource(`${handler}/function`).tracing_config;
      expect(tracing(stack)).toEqual({ mode: 'PassThrough' });
      expect(tracing(byDefault)).toEqual({ mode: 'Active' });
    },
  );

  it('gives no function the permission to send traces', () => {
    const sids = (one: SynthesizedStack) =>
      one.policy('collect-reports/policy').Statement.map(({ Sid }) => Sid);
    expect(sids(byDefault)).toContain('Trace');
    expect(sids(stack)).toEqual(sids(byDefault).filter((sid) => sid !== 'Trace'));
  });
});

describe('architecture', () => {
  it.each(['list-accounts', 'collect-reports', 'summarize-run'])(
    'is that of %s, arm64 by default',
    (handler) => {
      const architectures = (one: SynthesizedStack) => one.resource(`${handler}/function`).architectures;
      expect(architectures(byDefault)).toEqual(['arm64']);
      expect(architectures(stackWith({ architecture: 'x86_64' }))).toEqual(['x86_64']);
    },
  );
});

describe('exports', () => {
  const exporting = (exports: object) => stackWith({ exports });
  const functionOf = (stack: SynthesizedStack) => stack.resources.get('export-results/function');
  const policyOf = (stack: SynthesizedStack) => stack.resource('export-results/policy').policy as string;

  it('are nothing by default: neither a function nor a bus nor a state', () => {
    for (const stack of [byDefault, exporting({ events: 'none', ocsf: false })]) {
      expect(functionOf(stack)).toBeUndefined();
      expect(stack.resources.get('event-bus/bus')).toBeUndefined();
      expect(definitionOf(stack)).not.toContain('ExportResults');
    }
  });

  it('send events to the bus of the account, and write nothing to the bucket', () => {
    const stack = exporting({ events: 'default' });
    const bus = 'arn:aws:events:us-east-1:111111111111:event-bus/default';
    expect(functionOf(stack)).toMatchObject({ environment: { variables: { EVENT_BUS: bus, OCSF: '' } } });
    expect(stack.resources.get('event-bus/bus')).toBeUndefined();
    expect(policyOf(stack)).toContain(`"Resource":"${bus}"`);
    expect(policyOf(stack)).not.toContain('s3:PutObject');
    expect(stack.json.output.event_bus_arn?.value).toBe(bus);
  });

  it('send events to a bus of their own', () => {
    const stack = exporting({ events: 'own' });
    expect(stack.resource('event-bus/bus').name).toBe(name);
    expect(policyOf(stack)).toContain(`:event-bus/${name}"`);
  });

  it('write findings in the format of OCSF without events', () => {
    const stack = exporting({ ocsf: true });
    expect(functionOf(stack)).toMatchObject({ environment: { variables: { EVENT_BUS: '', OCSF: 'true' } } });
    expect(policyOf(stack)).toContain('/exports/*"');
    expect(policyOf(stack)).not.toContain('events:PutEvents');
    expect(stack.json.output.event_bus_arn).toBeUndefined();
  });

  it('may be invoked by the workflow alone, after the digest', () => {
    const stack = exporting({ events: 'own' });
    expect(stack.resource('workflow/policy').policy).toContain(`function:${name}-export-results"`);
    expect(definitionOf(stack)).toContain(`function:${name}-export-results`);
  });
});

describe('backend', () => {
  it('is a local file by default', () => {
    expect(byDefault.json.terraform).toMatchObject({ backend: { local: {} } });
  });

  it('can be S3, with a lock file and a key for each environment', () => {
    const stack = stackWith({ backend: { kind: 's3', bucket: 'states', region: 'eu-west-1' } });
    expect(stack.json.terraform).toMatchObject({
      backend: {
        s3: {
          bucket: 'states',
          key: 'iam-credential-reports/test/terraform.tfstate',
          region: 'eu-west-1',
          encrypt: true,
          use_lockfile: true,
        },
      },
    });
  });

  it('can be HCP Terraform or Terraform Enterprise, with a workspace for each environment', () => {
    const cloud = (backend: object) =>
      (
        stackWith({ backend: { kind: 'cloud', organization: 'acme', ...backend } }).json.terraform as {
          cloud: object;
        }
      ).cloud;
    expect(cloud({})).toEqual({ organization: 'acme', workspaces: { name: 'test' } });
    expect(cloud({ workspace: 'reports', hostname: 'tfe.acme.org' })).toEqual({
      organization: 'acme',
      workspaces: { name: 'reports' },
      hostname: 'tfe.acme.org',
    });
    expect(
      JSON.stringify(stackWith({ backend: { kind: 'cloud', organization: 'acme' } }).json),
    ).not.toContain('"backend":{');
  });
});
