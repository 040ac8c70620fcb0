/** The npm package, as other projects install it: from an archive, in folders of their own, with strict compilers. */
import { cpSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { temporaryFolder } from '../../tools/support/embedded';
import type { Caller } from '../support/emulator/aws-cli';
import { Emulator } from '../support/emulator/emulator';
import { createOrganization } from '../support/emulator/organization';
import { App, OWN_STACK, environment, packedPackage, writeEnvironment } from './installed/app';
import { type Allowed, reasonsOfDifferences, stackOfClone } from './installed/clone';
import { acceptAnyProvider, adaptToEmulator, adaptToProvider, synthesizeForEmulator } from './synthesis';
import { Terraform } from './terraform';

/** Time for a test, in which npm installs the bindings of the AWS provider, ms. */
const TIME = 600_000;

const { folder, remove } = temporaryFolder();
let archive: string;
let clone: unknown;

beforeAll(() => {
  archive = packedPackage(folder);
  clone = stackOfClone(join(folder, 'clone'));
}, TIME);
afterAll(remove);

const inCdktn = (text: string) =>
  text
    .replaceAll("'@cdktf/", "'@cdktn/")
    .replaceAll("'cdktf'", "'cdktn'")
    .replaceAll("'iam-credential-reports'", "'iam-credential-reports/cdktn'");

/** Libraries and packages of which there should be one. */
const among = (installed: readonly string[], ...names: string[]) =>
  installed
    .filter((name) => names.some((one) => name === one || name.endsWith(`node_modules/${one}`)))
    .sort();

describe('an app with CDKTF', () => {
  const app = new App(join(folder, 'cdktf-app'));

  beforeAll(async () => {
    for (const file of ['main.ts', 'tsconfig.json']) app.copy(file);
    writeEnvironment(app.folder);
    app.copy('package.json', (text) =>
      text.replace('"iam-credential-reports": "0.2.0"', `"iam-credential-reports": "file:${archive}"`),
    );
    await app.install();
  }, TIME);

  it('has one library, no bundler, and no package for running functions', async () => {
    const installed = await app.installed();
    expect(among(installed, 'cdktf', 'cdktn', 'constructs', 'zod')).toEqual(['cdktf', 'constructs', 'zod']);
    expect(installed.filter((name) => /esbuild|@aws-sdk|@smithy|fflate$/.test(name))).toEqual([]);
  });

  it(
    'compiles with every strict option, also the types of the package, and synthesizes what a clone does',
    async () => {
      await app.run('npm', 'run', '--silent', 'synth');
      const allowed: Allowed[] = ['a local state is in the folder of the app'];
      expect(reasonsOfDifferences(clone, app.stack('production'))).toEqual(allowed);
    },
    TIME,
  );

  it('has the same functions as a clone, byte by byte', () => {
    const functions = Object.entries(functionsOf(app.stack('production')));
    expect(functions).toHaveLength(3);
    for (const [name, { source_code_hash }] of functions)
      expect([name, source_code_hash]).toEqual([name, functionsOf(clone)[name]?.source_code_hash]);
  });

  it('imports the same from an ES module', async () => {
    writeFileSync(
      join(app.folder, 'module.mjs'),
      "import * as all from 'iam-credential-reports';\nimport { CredentialReports } from 'iam-credential-reports';\nconsole.log(Object.keys(all).length > 30 && all.CredentialReports === CredentialReports);\n",
    );
    expect(await app.run('node', 'module.mjs')).toBe('true\n');
  });

  it('says all at once what it was given wrongly', async () => {
    writeFileSync(
      join(app.folder, 'environments', 'broken.json'),
      '{"schedule":{"hour":24},"digest":"never"}',
    );
    const failing = app.run('node', 'main.js');
    await expect(failing).rejects.toThrow(/broken\.json: digest must be one of .*; got "never"/);
    await expect(failing).rejects.toThrow(
      /broken\.json: schedule\.hour must be a whole number from 0 to 23; got 24/,
    );
  });

  it(
    'plans what a clone plans, and its own stack with the collection in it',
    async () => {
      await inOrganization(async (administrator) => {
        const ofClone = cloneFor('planned');
        const plans: string[][] = [];
        for (const stack of [ofClone, ...['production', OWN_STACK].map((name) => stackOf(app, name))]) {
          const terraform = await ready(stack, administrator);
          plans.push((await terraform.plan()).map(({ address }) => address).sort());
        }
        const [byClone, byApp, own] = plans;
        expect(byClone?.length).toBeGreaterThan(40);
        expect(byApp).toEqual(byClone);
        expect(own).toEqual(
          expect.arrayContaining([expect.stringMatching(/^aws_iam_role_policy\.auditor_read-/)]),
        );
      });
    },
    TIME,
  );
});

describe('an app that `cdktn init` makes', () => {
  const cli = new App(join(folder, 'cdktn-cli'));
  const app = new App(join(folder, 'cdktn-app'));
  const cdktn = join(cli.folder, 'node_modules', '.bin', 'cdktn');

  beforeAll(async () => {
    await cli.install('cdktn-cli@0.24.0');
  }, TIME);

  it(
    'synthesizes what a clone does, without an alias, and has no CDKTF',
    async () => {
      await app.run(cdktn, ...INIT);
      app.copy('main.ts', inCdktn);
      writeEnvironment(app.folder);
      await app.install('@cdktn/provider-aws@25.7.0', archive);
      expect(among(await app.installed(), 'cdktf', 'cdktn', 'constructs', 'zod')).toEqual([
        'cdktn',
        'constructs',
        'zod',
      ]);
      await app.run(cdktn, 'synth');
      expect(reasonsOfDifferences(clone, app.stack('production'))).toEqual([
        'CDK Terrain names assets after their content, not after a hash of CDKTF',
        'a local state is in the folder of the app',
        'the same address in the registry',
        'the version of the tool',
      ] satisfies Allowed[]);
    },
    TIME,
  );
});

describe('what a clone has deployed', () => {
  it(
    'is taken over by each app: nothing is created, replaced or destroyed',
    async () => {
      await inOrganization(async (administrator) => {
        const deployed = cloneFor('deployed');
        await (await ready(deployed, administrator)).applyActions();
        for (const name of ['cdktf-app', 'cdktn-app']) {
          const stack = stackOf(new App(join(folder, name)), 'production');
          cpSync(join(deployed, 'terraform.tfstate'), join(stack, 'terraform.tfstate'));
          const actions = await (await ready(stack, administrator)).planActions();
          // CDK Terrain names the zips differently; moto does not return how a StackSet rolls out: docs/tests.md.
          const expected = ['update aws_lambda_function', 'update aws_cloudformation_stack_set'];
          const found = actions.map(({ action, type }) => `${action} ${type}`);
          expect({ name, others: found.filter((one) => !expected.includes(one)) }).toEqual({
            name,
            others: [],
          });
        }
      });
    },
    TIME,
  );
});

/** Does something in an organization of its own, as an administrator. */
async function inOrganization(work: (administrator: Caller) => Promise<void>): Promise<void> {
  const emulator = await Emulator.start();
  try {
    const administrator = emulator.administrator(environment.region);
    await createOrganization(administrator);
    await work(administrator);
  } finally {
    await emulator.stop();
  }
}

/** @returns the folder of the stack that a clone synthesizes for the emulator */
function cloneFor(name: string): string {
  writeEnvironment(join(folder, name));
  return synthesizeForEmulator('production', environment, join(folder, name));
}

/** Terraform in the folder of a stack, with its provider. */
async function ready(stack: string, administrator: Caller): Promise<Terraform> {
  const terraform = new Terraform(stack, administrator);
  adaptToProvider(stack, await terraform.init());
  return terraform;
}

/** A copy of what an app has synthesized, for the emulator. */
function stackOf(app: App, name: string): string {
  const stack = join(folder, 'for-emulator', basename(app.folder), name);
  rmSync(stack, { recursive: true, force: true });
  cpSync(join(app.folder, 'cdktf.out', 'stacks', name), stack, { recursive: true });
  acceptAnyProvider(stack);
  adaptToEmulator(stack);
  return stack;
}

const INIT = [
  'init',
  '--template=typescript',
  '--local',
  '--project-name=audit',
  '--project-description=Credential reports',
  '--enable-crash-reporting=false',
];

/** Functions of a stack by their names. */
function functionsOf(stack: unknown): Record<string, { source_code_hash?: string }> {
  return (stack as { resource: { aws_lambda_function: Record<string, { source_code_hash?: string }> } })
    .resource.aws_lambda_function;
}

it('is smaller than a megabyte', () => {
  expect(statSync(archive).size).toBeLessThan(2 ** 20);
});
