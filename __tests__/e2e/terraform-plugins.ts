/** Where Terraform finds its AWS provider on this machine. */
import { execFileSync } from 'node:child_process';
import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_TERRAFORM } from '../../tools/lock/provider-lock';
import { temporaryFolder } from '../../tools/support/embedded';
import { makeOnce } from '../../tools/support/make-once';
import { projectRoot } from '../../tools/support/project-root';
import { SynthesizedStack } from '../../tools/support/synthesized-stack';

/**
 * The folder for `terraform init -plugin-dir`: `TF_PLUGIN_DIR` if it is set; else a provider mirror in `/opt`, where
 * images of machines without a network bring one; else a folder of the project, which Terraform fills once, from
 * where its configuration on this machine says or from its registry.
 * @throws if there is no Terraform, or it cannot get the provider
 */
export function terraformPlugins(): string {
  terraform(['version']);
  return process.env.TF_PLUGIN_DIR ?? mirrorInOpt() ?? projectPlugins();
}

function mirrorInOpt(): string | undefined {
  const [mirror] = globSync('/opt/*/registry.terraform.io/hashicorp/aws/');
  return mirror && join(mirror, '..', '..', '..');
}

function projectPlugins(): string {
  const { required_providers } = new SynthesizedStack().json.terraform as {
    required_providers: { aws: { version: string } };
  };
  const { version } = required_providers.aws;
  return makeOnce(join(projectRoot, 'node_modules', '.cache', 'terraform-plugins', version), (cache) => {
    process.stderr.write(`Installing version ${version} of Terraform's AWS provider, once\n`);
    const { folder, remove } = temporaryFolder();
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers } }));
    try {
      terraform([`-chdir=${folder}`, 'init', '-input=false', '-no-color'], { TF_PLUGIN_CACHE_DIR: cache });
    } finally {
      remove();
    }
  });
}

function terraform(options: string[], variables: NodeJS.ProcessEnv = {}): void {
  try {
    execFileSync('terraform', options, { stdio: 'pipe', env: { ...process.env, ...variables } });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: Buffer };
    throw new Error(
      code === 'ENOENT'
        ? NO_TERRAFORM
        : `terraform failed; without a network, set TF_PLUGIN_DIR to a folder that \`terraform providers mirror\` wrote:\n${stderr?.toString()}`,
      { cause: error },
    );
  }
}
