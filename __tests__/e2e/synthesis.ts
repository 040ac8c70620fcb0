import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { CredentialReportStack } from '../../constructs/credential-report-stack';
import { type EnvironmentFile, SMALLEST_BATCH } from './environments';
import { listAccountsSettings } from '../../handlers/list-accounts/settings';
import { readEnvironments } from '../../constructs/environment/environment-files';
import { adaptToProvider5 } from '../../tools/provider-schema/unproven';

/**
 * Synthesizes one environment below a folder, as `main.ts` does with every file of `environments/`. Repeat it when the
 * environment has changed.
 * @returns the folder of the stack
 */
export function synthesize(name: string, environment: EnvironmentFile, folder: string): string {
  const environments = join(folder, 'environments');
  mkdirSync(environments, { recursive: true });
  writeFileSync(join(environments, `${name}.json`), JSON.stringify(environment));
  const app = new App({ outdir: join(folder, 'cdktf.out') });
  for (const [stack, content] of readEnvironments(environments))
    new CredentialReportStack(app, stack, content);
  app.synth();
  return join(folder, 'cdktf.out', 'stacks', name);
}

/** Synthesizes an environment in a form that the emulator and any provider take. */
export function synthesizeForEmulator(name: string, environment: EnvironmentFile, folder: string): string {
  const stack = synthesize(name, environment, folder);
  acceptAnyProvider(stack);
  adaptToEmulator(stack);
  return stack;
}

interface StackJson {
  terraform: { required_providers: { aws: { version?: string } }; backend?: { s3?: object } };
  provider: { aws: { alias?: string }[] };
  resource?: Record<string, Record<string, Record<string, unknown>>>;
}

/** Changes the JSON of a stack where it lies. */
function edit(stackFolder: string, change: (stack: StackJson) => void): void {
  const stack = readStack(stackFolder);
  change(stack);
  writeFileSync(fileOf(stackFolder), JSON.stringify(stack, null, 2));
}

const fileOf = (stackFolder: string) => join(stackFolder, 'cdk.tf.json');

const readStack = (stackFolder: string) => JSON.parse(readFileSync(fileOf(stackFolder), 'utf8')) as StackJson;

/** Lets Terraform take whichever AWS provider this machine has. */
export function acceptAnyProvider(stackFolder: string): void {
  edit(stackFolder, ({ terraform }) => {
    delete terraform.required_providers.aws.version;
  });
}

/**
 * Keeps the state beside the stack unless it is in a bucket, and names buckets in the path, since the emulator has one host
 * name only.
 */
export function adaptToEmulator(stackFolder: string): void {
  edit(stackFolder, ({ provider, terraform: { backend } }) => {
    // The alias says which of a stack's configurations of the provider an override means.
    const aws = provider.aws.map(({ alias }) => ({ ...(alias && { alias }), s3_use_path_style: true }));
    const adapted = backend?.s3
      ? { s3: { ...backend.s3, use_path_style: true } }
      : { local: { path: 'terraform.tfstate' } };
    const override = { terraform: { backend: adapted }, provider: { aws } };
    writeFileSync(join(stackFolder, 'override.tf.json'), JSON.stringify(override));
  });
  edit(stackFolder, fillBatches);
}

/** Lets the few accounts of the emulator fill batches, so that they are collected while others are listed. */
function fillBatches({ resource }: StackJson): void {
  const { variable } = listAccountsSettings.batchSize;
  for (const settings of Object.values(resource?.aws_lambda_function ?? {})) {
    const { variables } = settings.environment as { variables: Record<string, string> };
    if (variables[variable] === String(SMALLEST_BATCH)) variables[variable] = '2';
  }
}

/** Changes what a provider of version 5 does not know, if this is one: docs/tests.md has the list. */
export function adaptToProvider(stackFolder: string, version: string): void {
  if (version.startsWith('5.')) edit(stackFolder, adaptToProvider5);
}

/** The bucket that a stack creates; its name may have an expression for the account. */
export function plannedBucket(stackFolder: string): { address: string; name: string } {
  const [[id, settings] = ['', {}]] = Object.entries(readStack(stackFolder).resource?.aws_s3_bucket ?? {});
  return { address: `aws_s3_bucket.${id}`, name: String((settings as { bucket?: unknown }).bucket) };
}
