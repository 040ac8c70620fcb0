/** The Terraform module, called by a configuration of somebody else: real Terraform against moto. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameOf } from '../../tools/module/normalized';
import { temporaryFolder } from '../../tools/support/embedded';
import { projectRoot } from '../../tools/support/project-root';
import { Emulator } from '../support/emulator/emulator';
import { createOrganization } from '../support/emulator/organization';
import type { EnvironmentFile } from './environments';
import { forProvider5 } from './module/provider-5';
import { adaptToProvider, synthesizeForEmulator } from './synthesis';
import { Terraform } from './terraform';

/** Time for a test, ms. */
const TIME = 900_000;

const { folder, remove } = temporaryFolder();
const written = join(folder, 'module');
let emulator: Emulator;

beforeAll(async () => {
  execFileSync('npm', ['run', '--silent', 'build:module', '--', written], {
    cwd: projectRoot,
    stdio: 'pipe',
  });
  emulator = await Emulator.start();
  await createOrganization(emulator.administrator('us-east-1'));
}, TIME);
afterAll(async () => {
  await emulator.stop();
  remove();
});

interface Planned {
  readonly address: string;
  readonly change: { readonly actions: readonly string[]; readonly after: unknown };
}

/** A configuration that calls the module. */
function configuration(name: string, region: string, calls: string): string {
  const place = join(folder, name);
  mkdirSync(place);
  cpSync(written, join(place, 'module'), { recursive: true });
  forProvider5(join(place, 'module'));
  writeFileSync(
    join(place, 'main.tf'),
    `provider "aws" {\n  region            = "${region}"\n  s3_use_path_style = true\n}\n${calls}`,
  );
  return place;
}

const SAME: readonly { name: string; environment: EnvironmentFile; variables: string }[] = [
  { name: 'defaults', environment: {}, variables: '' },
  {
    name: 'china',
    environment: {
      region: 'cn-north-1',
      organizationId: 'o-exampleorg1',
      roleDeployment: { kind: 'none' },
      athena: true,
    },
    variables: `
  organization_id = "o-exampleorg1"
  role_deployment = { kind = "none" }
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
      encryption: { kind: 'new-key' },
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
          { account: '*', user: '<root_account>', check: 'root-mfa', reason: 'A & B', expires: '2027-01-31' },
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
  encryption = { kind = "new-key" }
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
    exemptions = [{ account = "*", user = "<root_account>", check = "root-mfa", reason = "A & B", expires = "2027-01-31" }]
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
    async ({ name, environment, variables }) => {
      const region = environment.region ?? 'us-east-1';
      const administrator = emulator.administrator(region);
      const clone = synthesizeForEmulator(name, environment, join(folder, `clone-${name}`));
      const ofClone = new Terraform(clone, administrator);
      adaptToProvider(clone, await ofClone.init());
      const place = configuration(
        name,
        region,
        `module "reports" {\n  source = "./module"\n  name   = "${name}"\n${variables}}\n`,
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

  it(
    'refuses what an environment file refuses, with its messages, all at once',
    async () => {
      const wrong = `module "reports" {\n  source = "./module"\n  name = "UPPER"\n  digest = "never"\n  schedule = { hour = 24 }\n  accounts = { exclude = ["1"] }\n}\n`;
      const terraform = new Terraform(
        configuration('wrong', 'eu-central-1', wrong),
        emulator.administrator('eu-central-1'),
      );
      await terraform.init();
      const refusal = terraform.plan();
      await expect(refusal).rejects.toThrow(/digest must be one of/);
      await expect(refusal).rejects.toThrow(/schedule\.hour must be a whole number from 0 to 23/);
      await expect(refusal).rejects.toThrow(/accounts\.exclude must be a 12-digit account ID/);
      await expect(refusal).rejects.toThrow(/name must be 2 to 24 lowercase letters/);
    },
    TIME,
  );
});

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

/** Names in the module of the resources of a clone, by their addresses. */
function cloneNames(stack: string): (address: string) => string {
  const { resource } = JSON.parse(readFileSync(join(stack, 'cdk.tf.json'), 'utf8')) as {
    resource: Record<string, Record<string, { '//': { metadata: { path: string } } }>>;
  };
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
