/** The Terraform module of the report role, called by account factories: real Terraform, and moto as IAM. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../tools/support/embedded';
import { projectRoot } from '../../tools/support/project-root';
import { type Caller, nobody } from '../support/emulator/aws-cli';
import { Moto } from '../support/emulator/moto';
import { deployedRole } from '../support/deployed-role';
import { byModule } from '../support/report-role-forms';
import { moduleBoundaries, reportRoleValues, tagsOfRole } from '../support/report-role-values';
import { Terraform } from './terraform';

/** Time for a test, in which Terraform loads its provider several times, ms. */
const TIME = 600_000;

/** The account of whoever calls moto without assuming a role. */
const CALLER_ACCOUNT = '123456789012';
const COLLECTOR_ACCOUNT = '111111111111';

/** What a factory adds; it calls nothing by itself. */
const PROVIDER = `
  provider "aws" {
    region                      = "us-east-1"
    skip_credentials_validation = true
    skip_requesting_account_id  = true
  }
`;

const REQUIRED = {
  collector_role_arn: `arn:aws:iam::${COLLECTOR_ACCOUNT}:role/iam-credential-reports-test-collect-reports`,
  organization_id: 'o-exampleorg1',
};

const { folder, remove } = temporaryFolder();
const written = join(folder, 'report-role');

beforeAll(() => {
  const command = ['run', '--silent', 'build:role-module', '--', written];
  execFileSync('npm', command, { cwd: projectRoot, stdio: 'pipe' });
}, TIME);
afterAll(remove);

/** A configuration that Terraform has initialized, with the module beside it. */
async function initialized(
  name: string,
  main: string,
  { caller = nobody, module = written }: { caller?: Caller; module?: string } = {},
): Promise<Terraform> {
  const place = join(folder, name);
  mkdirSync(place);
  cpSync(module, join(place, 'report-role'), { recursive: true });
  writeFileSync(join(place, 'providers.tf'), PROVIDER);
  writeFileSync(join(place, 'main.tf'), main);
  const terraform = new Terraform(place, caller);
  await terraform.init();
  return terraform;
}

/** A configuration that calls the module once for each set of variables. */
function callFor(cases: readonly object[]): string {
  const defaults = {
    ...REQUIRED,
    role_name: 'reader',
    role_path: '/',
    permissions_boundary_arn: '',
    tags: null,
  };
  // As text that has no quotation mark of Terraform.
  const encoded = Buffer.from(JSON.stringify(cases.map((one) => ({ ...defaults, ...one })))).toString(
    'base64',
  );
  return `
    module "report_role" {
      source   = "./report-role"
      for_each = { for index, one in jsondecode(base64decode("${encoded}")) : index => one }

      ${Object.keys(defaults)
        .map((name) => `${name} = each.value.${name}`)
        .join('\n')}
    }
  `;
}

const texts = [...reportRoleValues, { variable: 'permissions_boundary_arn', ...moduleBoundaries }];

describe('the module of the report role', () => {
  it(
    'accepts what environments accept',
    async () => {
      const cases = [
        ...texts.flatMap(({ variable, accepted }) => accepted.map((value) => ({ [variable]: value }))),
        ...tagsOfRole.accepted.map((tags) => ({ tags })),
      ];
      const plan = await (await initialized('accepted', callFor(cases))).plan();
      expect(plan.filter(({ type }) => type === 'aws_iam_role')).toHaveLength(cases.length);
    },
    TIME,
  );

  it(
    'refuses what environments refuse, with their messages',
    async () => {
      const refused = texts.flatMap((one) => one.refused.map((value) => [one.variable, value] as const));
      const cases = [
        ...refused.map(([variable, value]) => ({ [variable]: value })),
        ...tagsOfRole.refused.map(([tags]) => ({ tags })),
      ];
      const terraform = await initialized('refused', callFor(cases));
      const error = await terraform.plan().then(
        () => '',
        (reason: unknown) => (reason as Error).message,
      );
      // Terraform draws a line on the left, and breaks lines.
      const said = error.replaceAll(/[│\s]+/g, ' ');
      for (const [variable, value] of refused)
        expect(said).toContain(`var.${variable} is ${JSON.stringify(value)} ${variable} must `);
      for (const [, message] of tagsOfRole.refused) expect(said).toContain(message);
      expect([...said.matchAll(/Invalid value for variable/g)]).toHaveLength(cases.length);
    },
    TIME,
  );

  it(
    'has the plan of a module without tags unless it is given some',
    async () => {
      const withoutTags = join(folder, 'without-tags');
      mkdirSync(withoutTags);
      writeFileSync(join(withoutTags, 'main.tf.json'), JSON.stringify(moduleWithoutTags()));
      const call = (more: string) => `
        module "report_role" {
          source             = "./report-role"
          collector_role_arn = "${REQUIRED.collector_role_arn}"
          organization_id    = "${REQUIRED.organization_id}"
          ${more}
        }
      `;
      const plans = await Promise.all([
        initialized('untagged', call('')).then((terraform) => terraform.plan()),
        initialized('earlier', call(''), { module: withoutTags }).then((terraform) => terraform.plan()),
        initialized('tagged', call('tags = { team = "security" }')).then((terraform) => terraform.plan()),
      ]);
      const [untagged, earlier, tagged] = plans;
      expect(untagged).toEqual(earlier);
      expect(tagged.find(({ type }) => type === 'aws_iam_role')?.change.after).toMatchObject({
        tags: { team: 'security' },
      });
    },
    TIME,
  );
});

function moduleWithoutTags(): object {
  const { variable, resource, ...rest } = JSON.parse(readFileSync(join(written, 'main.tf.json'), 'utf8')) as {
    variable: Record<string, object>;
    resource: { aws_iam_role: Record<string, object> };
  };
  const without = <Value>(object: Record<string, Value>, name: string) =>
    Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
  const roles = Object.entries(resource.aws_iam_role).map(
    ([id, role]) => [id, without(role as Record<string, unknown>, 'tags')] as const,
  );
  return {
    ...rest,
    variable: without(variable, 'tags'),
    resource: { ...resource, aws_iam_role: Object.fromEntries(roles) },
  };
}

describe('the example for Account Factory for Terraform', () => {
  const example = readFileSync(
    join(projectRoot, 'examples/account-factory/aft/terraform/report-role.tf'),
    'utf8',
  );
  let moto: Moto;
  let caller: Caller;

  beforeAll(async () => {
    moto = await Moto.start();
    caller = { url: moto.url, region: 'us-east-1', accessKeyId: 'test', secretAccessKey: 'test' };
  }, TIME);
  afterAll(() => moto.stop());

  it(
    'creates the role in an account that AFT made, and nothing the second time',
    async () => {
      const terraform = await initialized('member', example, { caller });
      await terraform.validate();
      await terraform.plan();
      await terraform.apply();
      expect(await terraform.plan()).toEqual([]);
      const { name, ...expected } = byModule({
        collector_role_arn: `arn:aws:iam::${COLLECTOR_ACCOUNT}:role/iam-credential-reports-production-collect-reports`,
        tags: { team: 'security' },
      });
      expect(await deployedRole(name, caller)).toEqual({ name, ...expected });
    },
    TIME,
  );

  it(
    'accepts the options that are comments in it',
    async () => {
      const everything = example.replaceAll(/^ {2}# (\w+ +=)/gm, '  $1');
      expect(everything).not.toBe(example);
      const terraform = await initialized('every-option', everything, { caller });
      const plan = await terraform.plan();
      expect(plan.find(({ type }) => type === 'aws_iam_role')?.change.after).toMatchObject({
        name: 'audit-reader',
        path: '/security/',
        permissions_boundary: `arn:aws:iam::${CALLER_ACCOUNT}:policy/security/boundary`,
      });
    },
    TIME,
  );

  it(
    'creates nothing in the account that collects',
    async () => {
      const collector = example.replaceAll(COLLECTOR_ACCOUNT, CALLER_ACCOUNT);
      const terraform = await initialized('collector', collector, { caller });
      expect(await terraform.plan()).toEqual([]);
    },
    TIME,
  );
});
