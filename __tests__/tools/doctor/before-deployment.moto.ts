/** The doctor before a deployment: real SDK clients against moto. Each check is seen to fail. */
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  KMSClient,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Environment } from '../../../constructs/environment/environment';
import { awsConfiguration } from '../../../local/aws-configuration/aws-configuration';
import { type CallName, calls, permissionOf } from '../../../tools/doctor/calls';
import { type CheckFinding, type Examination, examine } from '../../../tools/doctor/examine';
import { linesOf } from '../../../tools/doctor/print';
import { replaceSection } from '../../../tools/generate/markdown';
import { textOf } from '../../../tools/support/generated-files';
import { projectRoot } from '../../../tools/support/project-root';
import type { Statement } from '../../../constructs/policy';
import { type AccountFacts, accountFacts } from '../../support/emulator/account-facts';
import { type Caller, awsVariables } from '../../support/emulator/aws-cli';
import { actionName } from '../../support/emulator/calls/actions';
import { accessDenied } from '../../support/emulator/denial';
import { Emulator } from '../../support/emulator/emulator';
import { type Gap, queryOf, signerOf } from '../../support/emulator/front';
import { centralRootAccess, refusalOf } from '../../support/emulator/gaps';
import { type Organization, clientOf, createOrganization } from '../../support/emulator/organization';

const TIME = 300_000;
const DOCUMENT = join(projectRoot, 'docs/doctor.md');
const LOCK = 'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "6.66.0"\n}\n';
const BUCKET = 'auditors';
const STATES = 'states-of-terraform';
const STATE_KEY = 'iam-credential-reports/test/terraform.tfstate';

const before = { ...process.env };
const facts: AccountFacts = {
  trustedAccess: 'ENABLED',
  concurrency: 1000,
  regionStatus: 'ENABLED',
  administrators: [],
  bucketOwners: new Map(),
};
let emulator: Emulator;
let organization: Organization;
let caller: Caller;
let keyArn: string;
let s3: S3Client;
let kms: KMSClient;
let iam: IAMClient;

beforeAll(async () => {
  emulator = await Emulator.start();
  emulator.fill(accountFacts(facts));
  caller = emulator.administrator('us-east-1');
  organization = await createOrganization(caller);
  [s3, kms, iam] = [
    new S3Client(clientOf(caller)),
    new KMSClient(clientOf(caller)),
    new IAMClient(clientOf(caller)),
  ];
  await makeBucket(BUCKET);
  await s3.send(new CreateBucketCommand({ Bucket: STATES }));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeyUsage: 'ENCRYPT_DECRYPT' }));
  keyArn = KeyMetadata?.Arn ?? '';
  facts.bucketOwners.set(BUCKET, emulator.account);
  await encryptWith(keyArn);
  signIn(caller);
}, TIME);

afterAll(async () => {
  process.env = before;
  await emulator.stop();
});

async function makeBucket(Bucket: string): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(
    new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    }),
  );
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
}

function signIn(user: Caller): void {
  process.env = awsVariables(user);
}

/** An environment that uses whatever can be checked, and is well. */
const healthy = () => ({
  organizationId: organization.id,
  alertEmails: ['security@example.com'],
  bucket: { kind: 'existing', name: BUCKET },
  encryption: { kind: 'existing-key', keyArn },
  backend: { kind: 's3', bucket: STATES, region: 'us-east-1' },
});

const withLoggingAccount = () => ({
  ...healthy(),
  bucket: { kind: 'new' },
  encryption: { kind: 'new-key' },
  loggingAccount: { accountId: organization.account('payments'), roleName: 'deployer' },
});

interface Examined {
  name?: string;
  file?: object;
  providerLock?: string | undefined;
}

async function examined({ file = healthy(), ...rest }: Examined = {}): Promise<Examination> {
  return examine(await awsConfiguration(process.env), {
    name: 'test',
    environment: Environment.parse(file),
    providerLock: LOCK,
    now: new Date(),
    ...rest,
  });
}

/** What is not well. */
const conspicuous = ({ findings }: Examination) =>
  findings.filter(({ status }) => status !== 'ok').map(lineOf);

const lineOf = ({ check, status, text }: CheckFinding) => `${status} ${check}: ${text}`;

describe('the doctor before a deployment', () => {
  it('finds nothing wrong with a healthy environment', async () => {
    const { findings, ...rest } = await examined();
    expect(findings.map(({ check, status }) => `${status} ${check}`)).toEqual([
      'ok options',
      'ok provider-lock',
      'ok identity',
      'ok organization',
      'ok trusted-access',
      'ok central-root-access',
      'ok lambda-concurrency',
      'ok bucket',
      'ok bucket-ownership',
      'ok bucket-encryption',
      'ok bucket-versioning',
      'ok bucket-policy',
      'ok key',
      'ok key-policy',
      'ok state',
      'ok names-taken',
    ]);
    expect(rest).toEqual({
      version: 1,
      environment: 'test',
      region: 'us-east-1',
      account: emulator.account,
      deployed: false,
      counts: { ok: 16, warning: 0, problem: 0, unknown: 0 },
      exitCode: 0,
    });
  });

  it('finds nothing wrong with a bucket of other keys by default, since requests name theirs', async () => {
    expect(
      conspicuous(await examined({ file: { ...healthy(), encryption: { kind: 's3-managed' } } })),
    ).toEqual([]);
    await encryptWith(undefined);
    expect(conspicuous(await examined())).toEqual([]);
    await encryptWith(keyArn);
  });

  it('finds nothing wrong with a logging account whose role it may assume, nor with a delegated administrator', async () => {
    expect(conspicuous(await examined({ file: withLoggingAccount() }))).toEqual([]);
  });
});

/** Something that is wrong, and what the doctor says of it. */
interface Fault {
  fault: string;
  plant?: () => unknown;
  /** Makes it well again. */
  undo?: () => unknown;
  examined?: () => Examined;
  finds: () => unknown[];
}

const ouInFile = { kind: 'stack-set', targets: ['ou-abcd-12345678'] };

const faults: Fault[] = [
  {
    fault: 'targets are units while all accounts are collected',
    examined: () => ({ file: { ...healthy(), roleDeployment: ouInFile, accounts: { includeOus: [] } } }),
    finds: () => [
      expect.stringMatching(
        /^warning options: accounts\.includeOus is \[\], which means every account/,
      ) as string,
      'problem targets: the organization has no ou-abcd-12345678',
    ],
  },
  {
    fault: 'no recipient',
    examined: () => ({ file: { ...healthy(), alertEmails: [] } }),
    finds: () => [
      expect.stringMatching(
        /^warning options: alertEmails is empty: nobody is told of accounts and runs that fail/,
      ) as string,
    ],
  },
  {
    fault: 'no locked provider',
    examined: () => ({ providerLock: undefined }),
    finds: () => [
      'warning provider-lock: no version of the AWS provider is locked: each init takes the newest',
    ],
  },
  {
    fault: 'a locked provider that the stack refuses',
    examined: () => ({ providerLock: LOCK.replace('6.66.0', '6.25.0') }),
    finds: () => ['problem provider-lock: the locked AWS provider 6.25.0 is not one of >= 6.64.0, < 7.0.0'],
  },
  {
    fault: 'credentials of a member account',
    plant: async () => {
      signIn(await organization.administrator('sandbox'));
    },
    undo: () => {
      signIn(caller);
    },
    examined: () => ({ file: { ...healthy(), bucket: { kind: 'new' }, encryption: { kind: 's3-managed' } } }),
    finds: () => [
      `problem identity: signed in to account ${organization.account('sandbox')}, but the environment collects from the management account ${emulator.account}`,
    ],
  },
  {
    fault: 'another organization in the file',
    examined: () => ({ file: { ...healthy(), organizationId: 'o-anotherorg1' } }),
    finds: () => [
      `problem organization: the account is in organization ${organization.id}, but organizationId is o-anotherorg1`,
    ],
  },
  {
    fault: 'no trusted access',
    plant: () => (facts.trustedAccess = 'DISABLED'),
    undo: () => (facts.trustedAccess = 'ENABLED'),
    finds: () => [
      `problem trusted-access: trusted access for StackSets is DISABLED: the report role cannot be deployed; account ${emulator.account} can activate it`,
    ],
  },
  {
    fault: 'a delegated administrator that is none, in the management account',
    examined: () => ({ file: { ...healthy(), collectFrom: 'delegated-administrator' } }),
    finds: () => [
      `problem identity: signed in to the management account ${emulator.account}, but the environment collects from a delegated administrator`,
      `problem delegated-administrator: account ${emulator.account} is not a delegated administrator of StackSets`,
      `warning delegated-administrator: no StackSet reaches the management account ${emulator.account}: it fails unless it has the report role`,
    ],
  },
  ...(
    [
      [
        'a delegated administrator of StackSets that is none of IAM',
        'AccountNotManagementOrDelegatedAdministrator',
        'account ACCOUNT is not a delegated administrator of IAM: central-root-access is unknown in every run',
      ],
      [
        'no trusted access of IAM',
        'ServiceAccessNotEnabledException',
        'IAM has no trusted access to the organization, so root credentials are not managed centrally: central-root-access fails in every run',
      ],
      [
        'root credentials in every account',
        ['RootSessions'],
        'root credentials of the member accounts are not managed centrally: central-root-access fails in every run',
      ],
    ] as const
  ).map(([fault, answer, text]): Fault => {
    const gap = centralRootAccess(answer);
    return {
      fault,
      plant: () => {
        emulator.watch(gap);
      },
      undo: () => {
        emulator.forget(gap);
      },
      finds: () => [`warning central-root-access: ${text.replace('ACCOUNT', emulator.account)}`],
    };
  }),
  {
    fault: 'a Region that is not enabled',
    plant: () => (facts.regionStatus = 'DISABLED'),
    undo: () => (facts.regionStatus = 'ENABLED'),
    examined: () => ({
      file: {
        ...healthy(),
        region: 'eu-south-1',
        bucket: { kind: 'new' },
        encryption: { kind: 's3-managed' },
      },
    }),
    finds: () => [`problem region: eu-south-1 is DISABLED in account ${emulator.account}`],
  },
  {
    fault: 'the concurrency of a new account',
    plant: () => (facts.concurrency = 10),
    undo: () => (facts.concurrency = 1000),
    finds: () => [
      'warning lambda-concurrency: 10 of 10 concurrent executions: with more than 2,000 accounts, batches are throttled and wait',
    ],
  },
  {
    fault: 'a reservation that AWS refuses',
    examined: () => ({ file: { ...healthy(), reservedConcurrency: 950 } }),
    finds: () => [
      'problem lambda-concurrency: reservedConcurrency is 950, but the account can reserve 900: its limit is 1000, and 100 stay unreserved',
    ],
  },
  {
    fault: 'a bucket that does not exist',
    examined: () => ({ file: { ...healthy(), bucket: { kind: 'existing', name: 'no-such-bucket' } } }),
    finds: () => [
      'problem bucket: there is no bucket no-such-bucket',
      ...['ownership', 'encryption', 'versioning', 'policy'].map(
        (part) =>
          expect.stringMatching(`^unknown bucket-${part}: could not be found out: NoSuchBucket`) as string,
      ),
    ],
  },
  {
    fault: 'a bucket of somebody else',
    plant: () => facts.bucketOwners.set(BUCKET, '999999999999'),
    undo: () => facts.bucketOwners.set(BUCKET, emulator.account),
    finds: () => [
      `problem bucket: account ${emulator.account} does not own the bucket auditors: every request would be refused`,
      'unknown bucket-ownership: not allowed to call s3:GetBucketOwnershipControls',
      'unknown bucket-encryption: not allowed to call s3:GetEncryptionConfiguration',
      'unknown bucket-versioning: not allowed to call s3:GetBucketVersioning',
      'unknown bucket-policy: not allowed to call s3:GetBucketPolicy',
    ],
  },
  {
    fault: 'a bucket in another Region',
    examined: () => ({
      file: { ...healthy(), region: 'eu-west-1', encryption: { kind: 's3-managed' } },
    }),
    finds: () => ['problem bucket: the bucket auditors is in us-east-1, but the environment is in eu-west-1'],
  },
  {
    fault: 'a bucket of another account, whose writers own what they write',
    plant: async () => {
      await own('ObjectWriter');
      facts.bucketOwners.set(BUCKET, organization.account('payments'));
    },
    undo: async () => {
      facts.bucketOwners.set(BUCKET, emulator.account);
      await own('BucketOwnerEnforced');
    },
    examined: () => ({
      file: {
        ...healthy(),
        bucket: { kind: 'existing', name: BUCKET, accountId: organization.account('payments') },
      },
    }),
    finds: () => [
      `problem bucket-ownership: ObjectWriter: account ${emulator.account} would own the reports, not the owner of the bucket`,
      expect.stringMatching(
        /^problem bucket-policy: it allows nothing to the functions: WriteLedgerOfListAccounts, /,
      ) as string,
    ],
  },
  {
    fault: 'a bucket that encrypts with a key that nobody named',
    examined: () => ({ file: { ...healthy(), encryption: { kind: 'bucket-default' } } }),
    finds: () => [
      `problem bucket-encryption: the bucket encrypts with ${keyArn}, which the file does not name: the functions may not use it`,
    ],
  },
  {
    fault: 'a bucket that keeps no versions',
    plant: () => setVersioning('Suspended'),
    undo: () => setVersioning('Enabled'),
    finds: () => [
      'warning bucket-versioning: no versions are kept: a report that is replaced on the same day cannot be verified any more',
    ],
  },
  {
    fault: 'a disabled key',
    plant: () => kms.send(new DisableKeyCommand({ KeyId: keyArn.split('/')[1] })),
    undo: () => kms.send(new EnableKeyCommand({ KeyId: keyArn.split('/')[1] })),
    finds: () => [`problem key: ${keyArn} is Disabled`],
  },
  {
    fault: 'a key policy that leaves nothing to IAM policies',
    plant: () => setKeyPolicy([]),
    undo: () => setKeyPolicy([allowedToAccount()]),
    finds: () => [
      'problem key-policy: it lacks UseReportKeyOfListAccounts, UseReportKeyOfCollectReports, UseReportKeyOfSummarizeRun',
    ],
  },
  {
    fault: 'a key policy with a Deny statement',
    plant: () =>
      setKeyPolicy([
        allowedToAccount(),
        { Sid: 'NoDecryption', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' },
      ]),
    undo: () => setKeyPolicy([allowedToAccount()]),
    finds: () => ['unknown key-policy: not judged: the policy has the Deny statement NoDecryption'],
  },
  {
    fault: 'a role of the logging account that cannot be assumed',
    plant: () => {
      refusal = refusalOf(organization.account('payments'), 'deployer');
      emulator.watch(refusal);
    },
    undo: () => {
      emulator.forget(refusal);
    },
    examined: () => ({ file: withLoggingAccount() }),
    finds: () => [
      expect.stringMatching(
        /^problem logging-account-role: arn:aws:iam::\d+:role\/deployer cannot be assumed by arn:/,
      ) as string,
      'unknown names-taken: not allowed to call sts:AssumeRole',
    ],
  },
  {
    fault: 'a state of something that is not there',
    plant: () =>
      s3.send(
        new PutObjectCommand({
          Bucket: STATES,
          Key: STATE_KEY,
          Body: JSON.stringify({
            resources: [
              {
                mode: 'managed',
                type: 'aws_sfn_state_machine',
                name: 'credential-reports_workflow_state-machine_0C990344',
              },
            ],
          }),
        }),
      ),
    undo: () => s3.send(new DeleteObjectCommand({ Bucket: STATES, Key: STATE_KEY })),
    finds: () => [
      `problem state: s3://${STATES}/${STATE_KEY} has iam-credential-reports-test, which is not in this account and Region`,
    ],
  },
  {
    fault: 'a role that has a name of the environment',
    plant: () =>
      iam.send(
        new CreateRoleCommand({
          RoleName: 'iam-credential-reports-test-workflow',
          AssumeRolePolicyDocument: '{}',
        }),
      ),
    undo: () => iam.send(new DeleteRoleCommand({ RoleName: 'iam-credential-reports-test-workflow' })),
    finds: () => [
      `problem names-taken: iam-credential-reports-test-workflow (aws_iam_role) exists, but it is not in the state s3://${STATES}/${STATE_KEY}`,
    ],
  },
];

let refusal: Gap;

it.each(faults)('the doctor finds $fault', async ({ plant, undo, examined: input, finds }) => {
  await plant?.();
  try {
    expect(conspicuous(await examined(input?.()))).toEqual(finds());
  } finally {
    await undo?.();
  }
});

it('is well again after all that', async () => {
  expect(conspicuous(await examined())).toEqual([]);
});

/** What people write into bucket policies, and what becomes of it. */
const denials: [pattern: string, statement: object, finds: string[]][] = [
  ['requests without TLS', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, []],
  ['TLS before 1.2', { Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }, []],
  [
    'unencrypted uploads',
    { Action: 's3:PutObject', Condition: { Null: { 's3:x-amz-server-side-encryption': 'true' } } },
    [],
  ],
  [
    'uploads that are not encrypted with S3 keys',
    {
      Action: 's3:PutObject',
      Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } },
    },
    [
      'problem bucket-policy: Planted denies s3:PutObject of the functions: uploads that do not name keys that S3 manages',
    ],
  ],
  [
    'another key',
    {
      Action: 's3:PutObject',
      Condition: {
        StringNotEquals: {
          's3:x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:us-east-1:1:key/x',
        },
      },
    },
    [
      'problem bucket-policy: Planted denies s3:PutObject of the functions: uploads that name another KMS key, or none',
    ],
  ],
  [
    'a missing ACL',
    {
      Action: 's3:PutObject',
      Condition: { StringNotEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    },
    [
      "problem bucket-policy: Planted denies s3:PutObject of the functions: uploads that do not give the object to the bucket's account",
    ],
  ],
  [
    'requests from outside a VPC endpoint',
    { Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } },
    [
      'problem bucket-policy: Planted denies s3:AbortMultipartUpload, s3:GetObject, s3:GetObjectVersion, s3:PutObject of the functions: requests from outside a VPC, a VPC endpoint, or an address range',
    ],
  ],
  [
    'requests from outside of another organization',
    { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-anotherorg1' } } },
    [
      'problem bucket-policy: Planted denies s3:AbortMultipartUpload, s3:GetObject, s3:GetObjectVersion, s3:PutObject of the functions: principals of other organizations',
    ],
  ],
  [
    'other addresses, which nobody knows beforehand',
    { Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } },
    [
      'unknown bucket-policy: not judged: the Deny statement Planted (requests from outside a VPC, a VPC endpoint, or an address range)',
    ],
  ],
  [
    'other principals',
    { Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/auditor' } } },
    [
      'problem bucket-policy: Planted denies s3:AbortMultipartUpload, s3:GetObject, s3:GetObjectVersion, s3:PutObject of the functions: every role that is not listed',
    ],
  ],
  ['deleting, which no function does', { Action: 's3:DeleteObject' }, []],
  [
    'everything',
    {},
    [
      'problem bucket-policy: Planted denies s3:AbortMultipartUpload, s3:GetObject, s3:GetObjectVersion, s3:PutObject of the functions: everybody',
    ],
  ],
];

it.each(denials)('the doctor judges a bucket policy that denies %s', async (_pattern, statement, finds) => {
  const planted = {
    Sid: 'Planted',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: `arn:aws:s3:::${BUCKET}/*`,
  };
  await setBucketPolicy([{ ...planted, ...statement }]);
  try {
    expect(conspicuous(await examined())).toEqual(finds);
  } finally {
    await setBucketPolicy([]);
  }
});

it('prints what docs/doctor.md shows', async () => {
  const file = { ...healthy(), alertEmails: [] };
  facts.trustedAccess = 'DISABLED';
  const denial = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${BUCKET}/*` };
  const Condition = { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } };
  await setBucketPolicy([{ Sid: 'OnlyFromOurVpc', ...denial, Condition }]);
  const lines = linesOf(await examined({ name: 'production', file }));
  facts.trustedAccess = 'ENABLED';
  await setBucketPolicy([]);
  const printed = lines
    .join('\n')
    .replaceAll(organization.id, 'o-exampleorg1')
    .replaceAll(emulator.account, '111111111111')
    .replaceAll(/arn:aws:sts::\S+/g, 'arn:aws:sts::111111111111:assumed-role/deployer/me')
    .replaceAll(keyArn.split('/')[1] ?? '', '11111111-2222-3333-4444-555555555555');
  const document = textOf(DOCUMENT);
  const documented = replaceSection(document, DOCUMENT, 'example', `\`\`\`\n${printed}\n\`\`\``);
  if (process.env.RENEW) writeFileSync(DOCUMENT, documented);
  expect(documented).toBe(textOf(DOCUMENT));
});

describe('the permissions of the doctor', () => {
  let made: Set<string>;
  const sessionPolicies: (string | null)[] = [];

  beforeAll(async () => {
    made = new Set<string>();
    const record: Gap = {
      before: (request) => {
        const service = signerOf(request)?.service ?? '';
        if (queryOf(request).get('Action') === 'AssumeRole')
          sessionPolicies.push(queryOf(request).get('Policy'));
        made.add(`${service === 'monitoring' ? 'cloudwatch' : service}:${nameOf(request, service)}`);
        return undefined;
      },
    };
    emulator.watch(record);
    await examined();
    await examined({ file: withLoggingAccount() });
    emulator.forget(record);
  }, TIME);

  it('are all that it uses', () => {
    const allowed = (Object.keys(calls) as CallName[]).map(permissionOf);
    expect([...made].filter((action) => !allowed.includes(action))).toEqual([]);
    expect(made.size).toBeGreaterThan(15);
  });

  it('are all that the session of a role has, whatever the role may do', () => {
    expect(sessionPolicies).toHaveLength(1);
    const { Statement } = JSON.parse(sessionPolicies[0] ?? '') as { Statement: [{ Action: string[] }] };
    expect(Statement[0].Action.filter((action) => !/^(s3|kms):(Get|List|Describe)/.test(action))).toEqual([]);
  });

  it(
    'stop one check only when one is missing',
    async () => {
      const all = (await examined()).findings;
      const ids = all.map(({ check }) => check);
      for (const permission of made) {
        // Without an identity there is nothing to ask.
        if (permission === 'sts:GetCallerIdentity' || permission === 'sts:AssumeRole') continue;
        const denial: Gap = {
          before: (request) => {
            const service = signerOf(request)?.service ?? '';
            return `${service}:${nameOf(request, service)}` === permission
              ? accessDenied(request, 'User is not authorized')
              : undefined;
          },
        };
        emulator.watch(denial);
        const { findings } = await examined();
        emulator.forget(denial);
        expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(ids));
        const changed = findings.filter((one) => !all.some((other) => lineOf(other) === lineOf(one)));
        expect({ permission, changed: changed.map(({ status, text }) => `${status} ${text}`) }).toEqual({
          permission,
          changed: expect.arrayContaining([expect.stringContaining(permission)]) as string[],
        });
      }
    },
    TIME,
  );
});

function nameOf(request: Parameters<typeof actionName>[0], service: string): string {
  if (request.path.startsWith('/2016-08-19/account-settings')) return 'GetAccountSettings';
  return actionName(request, service);
}

const own = (ObjectOwnership: 'ObjectWriter' | 'BucketOwnerEnforced') =>
  s3.send(
    new PutBucketOwnershipControlsCommand({
      Bucket: BUCKET,
      OwnershipControls: { Rules: [{ ObjectOwnership }] },
    }),
  );

const encryptWith = (KMSMasterKeyID: string | undefined) =>
  s3.send(
    new PutBucketEncryptionCommand({
      Bucket: BUCKET,
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault:
              KMSMasterKeyID === undefined
                ? { SSEAlgorithm: 'AES256' }
                : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID },
          },
        ],
      },
    }),
  );

const setVersioning = (Status: 'Enabled' | 'Suspended') =>
  s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status } }));

const allowedToAccount = (): Statement => ({
  Sid: 'Account',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${emulator.account}:root` },
  Action: 'kms:*',
  Resource: '*',
});

const setKeyPolicy = (statements: readonly Statement[]) =>
  kms.send(
    new PutKeyPolicyCommand({
      KeyId: keyArn,
      PolicyName: 'default',
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    }),
  );

const setBucketPolicy = (statements: readonly object[]) =>
  s3.send(
    new PutBucketPolicyCommand({
      Bucket: BUCKET,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    }),
  );
