import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { CredentialReportStack } from '../../constructs/credential-report-stack';
import type { EnvironmentFile } from './environments';
import { readEnvironments } from '../../constructs/environment/environment-files';

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
  terraform: { required_providers: { aws: { version?: string } } };
  provider: { aws: { alias?: string }[] };
  resource?: Record<string, Record<string, Record<string, unknown>> | undefined>;
}

/** Changes the JSON of a stack where it lies. */
function edit(stackFolder: string, change: (stack: StackJson) => void): void {
  const file = join(stackFolder, 'cdk.tf.json');
  const stack = JSON.parse(readFileSync(file, 'utf8')) as StackJson;
  change(stack);
  writeFileSync(file, JSON.stringify(stack, null, 2));
}

/** Lets Terraform take whichever AWS provider this machine has. */
export function acceptAnyProvider(stackFolder: string): void {
  edit(stackFolder, ({ terraform }) => {
    delete terraform.required_providers.aws.version;
  });
}

/** Keeps the state beside the stack, and names buckets in the path, since the emulator has one host name only. */
function adaptToEmulator(stackFolder: string): void {
  edit(stackFolder, ({ provider }) => {
    // The alias says which of a stack's configurations of the provider an override means.
    const aws = provider.aws.map(({ alias }) => ({ ...(alias && { alias }), s3_use_path_style: true }));
    const terraform = { backend: { local: { path: 'terraform.tfstate' } } };
    writeFileSync(join(stackFolder, 'override.tf.json'), JSON.stringify({ terraform, provider: { aws } }));
  });
}

/** Lets Terraform destroy everything of a stack. */
export function allowDestroy(stackFolder: string): void {
  edit(stackFolder, ({ resource }) => {
    for (const settings of Object.values(resource?.aws_cloudformation_stack_set_instance ?? {}))
      delete (settings.lifecycle as { prevent_destroy?: boolean }).prevent_destroy;
  });
}

/** What a provider of version 5 calls otherwise or does not know yet. */
export function adaptToProvider5(stackFolder: string): void {
  edit(stackFolder, ({ resource }) => {
    for (const settings of Object.values(resource?.aws_cloudwatch_metric_alarm ?? {}))
      delete settings.warm_up_configuration;
    for (const settings of Object.values(
      resource?.aws_s3_bucket_server_side_encryption_configuration ?? {},
    )) {
      for (const rule of settings.rule as Record<string, unknown>[]) delete rule.blocked_encryption_types;
    }
    for (const settings of Object.values(resource?.aws_lambda_function ?? {})) {
      if (settings.runtime === 'nodejs24.x') settings.runtime = 'nodejs22.x';
    }
    for (const settings of Object.values(resource?.aws_cloudformation_stack_set_instance ?? {})) {
      settings.region = settings.stack_set_instance_region;
      delete settings.stack_set_instance_region;
    }
  });
}
