/** The Terraform module, called by a configuration of somebody else: real Terraform against moto. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeployedStack, moves } from '../../tools/module/moves';
import { nameOf } from '../../tools/module/normalized';
import { temporaryFolder } from '../../tools/support/embedded';
import { projectRoot } from '../../tools/support/project-root';
import { Emulator } from '../support/emulator/emulator';
import { projectCopy } from '../support/project-copy';
import { type Organization, createOrganization } from '../support/emulator/organization';
import type { EnvironmentFile } from './environments';
import { forProvider5 } from './module/provider-5';
import { adaptToProvider, synthesizeForEmulator } from './synthesis';
import { Terraform, terraformSettings } from './terraform';

/** Time for a test, ms. */
const TIME = 900_000;

const { folder, remove } = temporaryFolder();
const written = join(folder, 'module');
let emulator: Emulator;
let organization: Organization;

beforeAll(async () => {
  execFileSync('npm', ['run', '--silent', 'build:module', '--', written], {
    cwd: projectRoot,
    stdio: 'pipe',
  });
  emulator = await Emulator.start();
  organization = await createOrganization(emulator.administrator('us-east-1'));
}, TIME);
afterAll(async () => {
  await emulator.stop();
  remove();
});

interface Planned {
  readonly address: string;
  readonly change: { readonly actions: readonly string[]; readonly after: unknown };
}

/** The module, and its submodule for a logging account. */
const MODULES = ['', 'modules/logging-account'];
/** Role in every account of the emulator. */
const ROLE = 'OrganizationAccountAccessRole';

/** A configuration that calls the module. */
function configuration(name: string, region: string, calls: string): string {
  const place = join(folder, name);
  mkdirSync(place);
  cpSync(written, join(place, 'module'), { recursive: true });
  for (const part of MODULES) forProvider5(join(place, 'module', part));
  writeFileSync(
    join(place, 'main.tf'),
    `provider "aws" {\n  region            = "${region}"\n  s3_use_path_style = true\n}\n${calls}`,
  );
  return place;
}

interface Same {
  name: string;
  environment: EnvironmentFile;
  variables: string;
  /** @default false */
  hasLoggingAccount?: boolean;
}

const SAME: readonly Same[] = [
  {
    name: 'logs',
    hasLoggingAccount: true,
    environment: {
      ...{ region: 'eu-central-1', collectFrom: 'delegated-administrator', athena: true, signing: true },
      encryption: { kind: 'new-key' },
      exports: { ocsf: true },
    },
    variables: `
  collect_from = "delegated-administrator"
  athena       = true
  signing      = true
  encryption   = { kind = "new-key" }
  exports      = { ocsf = true }
`,
  },
  { name: 'defaults', environment: {}, variables: '' },
  {
    name: 'china',
    environment: {
      region: 'cn-north-1',
      retentionDays: 9,
      organizationId: 'o-exampleorg1',
      roleDeployment: { kind: 'none' },
      athena: true,
    },
    variables: `
  organization_id = "o-exampleorg1"
  role_deployment = { kind = "none" }
  retention_days  = 9
  athena          = true
`,
  },
  {
    name: 'government',
    environment: {
      ...{
        region: 'us-gov-west-1',
        organizationId: 'o-exampleorg1',
        signing: true,
        chat: true,
        serviceCredentials: true,
      },
      roleDeployment: { kind: 'stack-set', targets: ['ou-ab12-11111111', 'ou-ab12-22222222'] },
      reportRoleName: 'audit-reader',
      roles: { path: '/security/', permissionsBoundary: 'security/boundary' },
      accounts: { excludeOus: ['ou-ab12-33333333'], exclude: ['333333333333', '444444444444'] },
      owners: { tag: 'Owner', unitNames: true },
      exports: { events: 'own', ocsf: true },
      bucket: { kind: 'new', name: 'example-reports', prefix: 'audit/' },
      encryption: {
        kind: 'new-key',
        formerKeyArns: ['1', '2'].map(
          (digit) =>
            `arn:aws-us-gov:kms:us-gov-west-1:111111111111:key/${digit.repeat(8)}-${digit.repeat(4)}-${digit.repeat(4)}-${digit.repeat(4)}-${digit.repeat(12)}`,
        ),
      },
      retentionDays: 400,
      objectLock: { mode: 'governance', days: 365 },
      accessLogging: { bucketName: 'example-access-logs' },
      alertEmails: ['one@example.com', 'two@example.com'],
      digest: 'always',
      schedule: { hour: 3, timezone: 'Europe/Vienna' },
      waiting: { seconds: 30, cycles: 90 },
      reservedConcurrency: 25,
      checks: {
        ...{ rotationDays: 60, machines: { rotationDays: 30 }, severities: { 'iam-user': 'low' } },
        exemptions: [
          {
            account: '*',
            user: '<root_account>',
            check: 'root-mfa',
            reason: 'A & B \u2028 \\u003c\\',
            expires: '2027-01-31',
          },
        ],
      },
      logRetentionDays: 30,
      architecture: 'x86_64',
      tags: { stage: 'test', team: 'security' },
    },
    variables: `
  organization_id = "o-exampleorg1"
  role_deployment = { targets = ["ou-ab12-11111111", "ou-ab12-22222222"] }
  report_role_name = "audit-reader"
  roles = { path = "/security/", permissions_boundary = "security/boundary" }
  accounts = { exclude_ous = ["ou-ab12-33333333"], exclude = ["333333333333", "444444444444"] }
  owners = { tag = "Owner", unit_names = true }
  exports = { events = "own", ocsf = true }
  bucket = { name = "example-reports", prefix = "audit/" }
  encryption = { kind = "new-key", former_key_arns = [
    "arn:aws-us-gov:kms:us-gov-west-1:111111111111:key/11111111-1111-1111-1111-111111111111",
    "arn:aws-us-gov:kms:us-gov-west-1:111111111111:key/22222222-2222-2222-2222-222222222222",
  ] }
  retention_days = 400
  object_lock = { mode = "governance", days = 365 }
  access_logging = { bucket_name = "example-access-logs" }
  alert_emails = ["one@example.com", "two@example.com"]
  digest = "always"
  schedule = { hour = 3, timezone = "Europe/Vienna" }
  waiting = { seconds = 30, cycles = 90 }
  reserved_concurrency = 25
  checks = {
    rotation_days = 60
    machines = { rotation_days = 30 }
    severities = { iam-user = "low" }
    exemptions = [{ account = "*", user = "<root_account>", check = "root-mfa", reason = "A & B \\u2028 \\\\u003c\\\\", expires = "2027-01-31" }]
  }
  log_retention_days = 30
  architecture = "x86_64"
  tags = { team = "security", stage = "test" }
  signing = true
  chat = true
  service_credentials = true
`,
  },
];

describe('the Terraform module', () => {
  it.each(SAME)(
    'plans what a clone plans: $name',
    async ({ name, environment, variables, hasLoggingAccount = false }) => {
      const region = environment.region ?? 'us-east-1';
      const administrator = emulator.administrator(region);
      const accountId = organization.account('payments');
      const clone = synthesizeForEmulator(
        name,
        { ...environment, ...(hasLoggingAccount && { loggingAccount: { accountId, roleName: ROLE } }) },
        join(folder, `clone-${name}`),
      );
      const ofClone = new Terraform(clone, administrator);
      adaptToProvider(clone, await ofClone.init());
      const place = configuration(
        name,
        region,
        hasLoggingAccount
          ? withLogs(name, region, accountId, variables)
          : `module "reports" {\n  source = "./module"\n  name   = "${name}"\n${variables}}\n`,
      );
      const ofModule = new Terraform(place, administrator);
      await ofModule.init();
      const [byClone, byModule] = [
        await planned(ofClone, cloneNames(clone)),
        await planned(ofModule, moduleName),
      ];
      expect(Object.keys(byClone).length).toBeGreaterThan(40);
      expect(byModule).toEqual(byClone);
    },
    TIME,
  );

  it(
    'can be called twice in one account, with other names, and then plans nothing more',
    async () => {
      const place = configuration(
        'twice',
        'eu-central-1',
        call('one', 'production') + call('two', 'staging'),
      );
      const terraform = new Terraform(place, emulator.administrator('eu-central-1'));
      await terraform.init();
      await terraform.applyActions();
      const resources = await terraform.resources();
      const of = (name: string) => resources.filter((address) => address.startsWith(`module.${name}.aws_`));
      expect(of('one').length).toBeGreaterThan(40);
      expect(of('two').length).toBe(of('one').length);
      // moto does not return how a StackSet rolls out: docs/tests.md.
      const left = (await terraform.planActions()).filter(
        ({ type }) => type !== 'aws_cloudformation_stack_set',
      );
      expect(left).toEqual([]);
    },
    TIME,
  );

  it(
    'says which role exists when it is called twice with the same names',
    async () => {
      const place = configuration('same', 'eu-central-1', call('again', 'production'));
      const terraform = new Terraform(place, emulator.administrator('eu-central-1'));
      await terraform.init();
      await expect(terraform.applyActions()).rejects.toThrow(/EntityAlreadyExists|already exists/);
    },
    TIME,
  );

  it('has blocks for moves by command', () => {
    const options = ['production', '--built', written, '--module', 'reports'];
    const printed = execFileSync('npm', ['run', '--silent', 'module:moves', '--', ...options], {
      cwd: projectCopy(join(folder, 'project')),
      encoding: 'utf8',
    });
    expect(printed).toMatch(
      /moved \{\n {2}from = aws_sfn_state_machine\.\S+\n {2}to {3}= module\.reports\.aws_sfn_state_machine\.workflow_state_machine\n\}\n/,
    );
  });

  it(
    'takes the resources of a clone over, and makes none of them anew',
    async () => {
      const environment: EnvironmentFile = {
        ...{ region: 'eu-central-1', signing: true, athena: true },
        roleDeployment: { kind: 'stack-set', targets: ['ou-ab12-11111111', 'ou-ab12-22222222'] },
        reportRoleName: 'moving-report-role',
        encryption: { kind: 'new-key' },
        alertEmails: ['one@example.com', 'two@example.com'],
      };
      const administrator = emulator.administrator('eu-central-1');
      const clone = synthesizeForEmulator('moving', environment, join(folder, 'clone-moving'));
      const ofClone = new Terraform(clone, administrator);
      adaptToProvider(clone, await ofClone.init());
      await ofClone.applyActions();
      const variables = `
  role_deployment  = { targets = ["ou-ab12-11111111", "ou-ab12-22222222"] }
  report_role_name = "moving-report-role"
  encryption       = { kind = "new-key" }
  alert_emails     = ["one@example.com", "two@example.com"]
  signing          = true
  athena           = true
`;
      const place = configuration(
        'moved',
        'eu-central-1',
        `module "reports" {\n  source = "./module"\n  name = "moving"\n${variables}}\n`,
      );
      const items = ['ou-ab12-11111111', 'ou-ab12-22222222', 'one@example.com', 'two@example.com'];
      const stack = JSON.parse(readFileSync(join(clone, 'cdk.tf.json'), 'utf8')) as DeployedStack;
      writeFileSync(
        join(place, 'moved.tf'),
        moves({ stack, items, module: 'reports', main: readFileSync(join(written, 'main.tf'), 'utf8') }),
      );
      cpSync(join(clone, 'terraform.tfstate'), join(place, 'terraform.tfstate'));
      const ofModule = new Terraform(place, administrator);
      await ofModule.init();
      const held = await ofClone.resources();
      const actions = (await ofModule.planActions()).filter(({ action }) => action !== 'move');
      // The zips are in another folder, and the JSON of the state machine is the same in another order.
      expect(new Set(actions.map(({ type, action }) => `${action} ${type}`))).toEqual(
        new Set(['update aws_lambda_function', 'update aws_sfn_state_machine']),
      );
      await ofModule.applyActions();
      const isManaged = (address: string) => !/(^|\.)data\./.test(address);
      const after = (await ofModule.resources()).filter(isManaged);
      expect(after).toHaveLength(held.filter(isManaged).length);
      expect(after.every((address) => address.startsWith('module.reports.'))).toBe(true);
    },
    TIME,
  );

  it(
    'is formatted, its examples are valid, and its own tests pass',
    async () => {
      execFileSync('terraform', ['fmt', '-check', '-diff', '-recursive', written], {
        env: { ...process.env, ...terraformSettings },
      });
      const place = join(folder, 'examples');
      cpSync(written, place, { recursive: true });
      for (const part of MODULES) forProvider5(join(place, part));
      const administrator = emulator.administrator('eu-central-1');
      const examples = readdirSync(join(place, 'examples'));
      expect(examples).toEqual(['defaults', 'delegated-administrator', 'logging-account']);
      for (const example of examples) {
        const terraform = new Terraform(join(place, 'examples', example), administrator);
        await terraform.init();
        await terraform.validate();
      }
      const tests = join(place, 'tests', 'module.tftest.hcl');
      writeFileSync(
        tests,
        readFileSync(tests, 'utf8').replace('region = "eu-central-1"', 'name = "eu-central-1"'),
      );
      const terraform = new Terraform(place, administrator);
      await terraform.init();
      expect(await terraform.test()).toMatch(/^Success! \d+ passed, 0 failed\.$/m);
    },
    TIME,
  );

  it(
    'refuses what an environment file refuses, with its messages, all at once',
    async () => {
      for (const [name, { variables, messages }] of Object.entries(REFUSED)) {
        const place = configuration(
          name,
          'eu-central-1',
          `module "reports" {\n  source = "./module"\n${variables}}\n`,
        );
        const terraform = new Terraform(place, emulator.administrator('eu-central-1'));
        await terraform.init();
        const error = await terraform.plan().then(
          () => 'planned',
          (refusal: unknown) => (refusal as Error).message,
        );
        // Terraform breaks lines.
        const told = error.replaceAll(/\s*\n[│\s]*/g, ' ');
        expect(messages.filter((message) => !told.includes(message))).toEqual([]);
      }
    },
    TIME,
  );
});

/** A call of the submodule, with a provider of the account for logs. */
const withLogs = (name: string, region: string, account: string, variables: string) => `provider "aws" {
  alias             = "logs"
  region            = "${region}"
  s3_use_path_style = true
  assume_role {
    role_arn = "arn:aws:iam::${account}:role/${ROLE}"
  }
}

module "reports" {
  source    = "./module/modules/logging-account"
  providers = { aws = aws, aws.logging_account = aws.logs }
  name      = "${name}"
${variables}}
`;

const call = (module: string, name: string) =>
  `module "${module}" {\n  source = "./module"\n  name = "${name}"\n  report_role_name = "${name}-report-role"\n}\n`;

async function planned(
  terraform: Terraform,
  nameIn: (address: string) => string,
): Promise<Record<string, unknown>> {
  const { resource_changes: changes } = JSON.parse(await terraform.planJson()) as {
    resource_changes: Planned[];
  };
  const made = changes.filter(({ change }) => change.actions.includes('create'));
  return Object.fromEntries(
    made
      .map(({ address, change }) => [nameIn(address), parsed(change.after)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Variables that are wrong, and all of what is told then. */
const REFUSED: Readonly<Record<string, { variables: string; messages: readonly string[] }>> = {
  fields: {
    variables: `
  name             = "UPPER"
  digest           = "never"
  schedule         = { hour = 24 }
  accounts         = { exclude = ["111111111111", "1"] }
  roles            = { path = "security" }
  bucket           = { name = "xn--aaa", prefix = "abc" }
  tags             = { "aws:x" = "1" }
  alert_emails     = ["one@example.com", "one@example.com"]
  report_role_name = "iam-credential-reports-production-export-results"
  role_deployment  = { targets = [] }
  encryption       = { kind = "existing-key", key_arn = "alias/foo" }
  checks           = {
    severities = { root-mfaa = "critical", root-mfa = "very-bad" }
    exemptions = [{ account = "12", user = "x", check = "root-mfaa", reason = "", expires = "2027-02-31" }]
  }
`,
    messages: [
      'name must be 2 to 24 lowercase letters',
      'digest must be one of',
      'schedule.hour must be a whole number from 0 to 23',
      'accounts.exclude must be a 12-digit account ID; got 1.',
      'roles.path must be "/", or a path',
      'bucket.name must be a bucket name',
      'bucket.prefix must be',
      'each name in tags must',
      'alert_emails must not list a value twice',
      'report_role_name must not be the name of a role of an environment',
      'role_deployment.targets must list at least one ID',
      'encryption.key_arn must be the ARN of a KMS key',
      'checks.severities must name checks',
      'each value in checks.severities must be one of critical',
      'checks.exemptions.account must be a 12-digit account ID',
      'checks.exemptions.check must be the ID of a check',
      'checks.exemptions.reason must be one line',
      'checks.exemptions.expires must be a date',
    ],
  },
  together: {
    variables: `
  name               = "production"
  report_role_name   = "organizationAccountAccessRole"
  organization_id    = "o-exampleorg1"
  role_deployment    = { targets = ["r-ab12", "r-cd34"] }
  roles              = { permissions_boundary = "arn:aws-cn:iam::aws:policy/Boundary" }
  retention_days     = 30
  object_lock        = { mode = "governance", days = 31 }
  bucket             = { name = "example-reports" }
  access_logging     = { bucket_name = "example-reports" }
  operations_key_arn = "arn:aws:kms:us-east-1:111111111111:key/11111111-1111-1111-1111-111111111111"
  encryption         = { kind = "existing-key" }
  checks = {
    frameworks = []
    on         = ["old-service-credential"]
    off        = ["old-service-credential"]
    exemptions = [{ user = "x", check = "root-mfa", reason = "because", expires = "2027-02-28" }]
  }
`,
    messages: [
      "report_role_name must not be an administrator's role",
      'role_deployment.targets must be the root alone, or organizational units',
      'roles.permissions_boundary must be the ARN of a policy in the partition',
      'object_lock.days must be at most `retention_days`',
      'access_logging.bucket_name must be another bucket',
      'operations_key_arn must be the ARN of a key in the Region',
      'encryption.key_arn must be set with kind "existing-key"',
      'checks.off must leave a check on',
      'checks.on must not list',
      'checks.off must not list a check that checks.on lists too',
      'each of checks.exemptions must have exactly one of account, owner, ou',
    ],
  },
};

/** Names in the module of the resources of a clone, by their addresses. */
function cloneNames(stack: string): (address: string) => string {
  const { resource } = JSON.parse(readFileSync(join(stack, 'cdk.tf.json'), 'utf8')) as DeployedStack;
  const names = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(
      ([
        name,
        {
          '//': { metadata },
        },
      ]): [string, string] => [`${type}.${name}`, `${type}.${nameOf(metadata.path, [])}`],
    ),
  );
  const all = new Map(names);
  return (address) => all.get(address) ?? address;
}

const moduleName = (address: string) =>
  address
    .replace(/^module\.\w+\./, '')
    .replace(/\[0\]$/, '')
    .replace(/each\["(.*)"\]$/, (_all, item: string) => item.replaceAll('-', '_'));

/** JSON in texts counts by what it says; what is not set counts as absent. */
function parsed(value: unknown): unknown {
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) {
    try {
      return { json: parsed(JSON.parse(value)) };
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(parsed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) =>
      field === null || name === 'filename' ? [] : [[name, parsed(field)]],
    ),
  );
}
