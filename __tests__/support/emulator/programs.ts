/** Programs of this machine that the tests with an emulator call; where they are is found, never written down. */
import { execFileSync } from 'node:child_process';
import { X_OK } from 'node:constants';
import { accessSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const howToInstall = {
  terraform: 'install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install',
  moto_server: "install moto 5.2 or newer: pip install 'moto[server]'",
  aws: 'install the AWS CLI: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
  'cfn-lint': 'install cfn-lint: pip install cfn-lint',
};
export type Program = keyof typeof howToInstall;

/** A test cannot run on this machine; the message says what to do about it. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled';
}

/** Says in one line what a program is needed for. */
export const advice = (name: Program) => `${name} is not on the PATH: ${howToInstall[name]}`;

/**
 * @throws {@link NotInstalled} that names every program which is missing
 */
export function need(...names: Program[]): void {
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length > 0) throw new NotInstalled(missing.map(advice).join('\n'));
}

export function isInstalled(name: Program): boolean {
  return find(name) !== undefined;
}

/**
 * The path of a program.
 * @throws {@link NotInstalled} if it is not on the PATH
 */
export function program(name: Program): string {
  need(name);
  return find(name) ?? '';
}

function find(name: Program): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/**
 * The folder that holds Terraform's providers, for `terraform init -plugin-dir`: `TF_PLUGIN_DIR`, or the folder
 * around the first AWS provider that is found on this machine.
 * @throws {@link NotInstalled} if there is none
 */
export function terraformPlugins(): string {
  plugins ??= process.env.TF_PLUGIN_DIR ?? foundPlugins();
  return plugins;
}

/** The search takes seconds. */
let plugins: string | undefined;

function foundPlugins(): string {
  // A folder of plugins is a tree HOST/NAMESPACE/TYPE/VERSION/PLATFORM.
  const [, folder] = /^(.*)\/[^/]+\/hashicorp\/aws\/[^/]+\/[^/]+\/[^/]+$/.exec(installedProvider()) ?? [];
  if (folder) return folder;
  throw new NotInstalled(
    'Terraform has no AWS provider on this machine: run `terraform providers mirror DIR` where there is a network, and set TF_PLUGIN_DIR=DIR',
  );
}

function installedProvider(): string {
  const query = '/ -xdev -type f -path */hashicorp/aws/* -name terraform-provider-aws_v* -print -quit'.split(
    ' ',
  );
  try {
    return execFileSync('find', query, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch (error) {
    // Folders that may not be read make it fail, whatever else it found.
    return (error as { stdout?: string }).stdout?.trim() ?? '';
  }
}
