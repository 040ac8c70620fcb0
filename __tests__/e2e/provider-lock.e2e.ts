/**
 * The lock file of an environment, with the real Terraform. The providers are fakes in a mirror: Terraform takes their hashes
 * and installs them, and starts none.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { typescriptOptions } from '../../local/typescript';
import { temporaryFolder } from '../../tools/support/embedded';
import { projectCopy } from '../support/project-copy';

const { folder, remove } = temporaryFolder();
const mirror = join(folder, 'mirror');
const project = projectCopy(join(folder, 'project'));
const env = { ...process.env, TF_CLI_CONFIG_FILE: devNull, CHECKPOINT_DISABLE: '1' };

afterAll(remove);

function publish(version: string, content = version): void {
  const packages = join(mirror, 'registry.terraform.io', 'hashicorp', 'aws');
  mkdirSync(packages, { recursive: true });
  const provider = { [`terraform-provider-aws_v${version}_x5`]: Buffer.from(content) };
  for (const platform of ['linux_amd64', 'darwin_arm64'])
    writeFileSync(join(packages, `terraform-provider-aws_${version}_${platform}.zip`), zipSync(provider));
}

function npmRun(script: string, ...options: string[]): string {
  return execFileSync(process.execPath, [...typescriptOptions, script, ...options], {
    cwd: project,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function lock(): string {
  const platforms = ['--platform', 'linux_amd64', '--platform', 'darwin_arm64'];
  const printed = npmRun('tools/lock/main.ts', 'production', '--fs-mirror', mirror, ...platforms);
  npmRun('main.ts');
  return printed;
}

/** As in a checkout of `.github/workflows/plan.yml`, but with the packages of the mirror. */
function init(): { status: number | null; said: string } {
  const stack = join(project, 'cdktf.out', 'stacks', 'production');
  rmSync(join(stack, '.terraform'), { recursive: true, force: true });
  const options = [
    '-backend=false',
    '-input=false',
    '-no-color',
    '-lockfile=readonly',
    `-plugin-dir=${mirror}`,
  ];
  const { status, stdout, stderr } = spawnSync('terraform', ['init', ...options], {
    cwd: stack,
    env,
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

describe('npm run lock', () => {
  it('keeps an environment at the version that is newest now, whatever appears later', () => {
    publish('6.66.0');
    expect(lock()).toBe('Wrote environments/production.terraform.lock.hcl: version 6.66.0\n');
    publish('6.67.0');
    const { status, said } = init();
    expect({ status, said }).toEqual({
      status: 0,
      said: expect.stringContaining('Installed hashicorp/aws v6.66.0') as string,
    });
  });

  it('upgrades the environment when it is run again', () => {
    expect(lock()).toBe('Wrote environments/production.terraform.lock.hcl: version 6.67.0\n');
    expect(init().said).toContain('Installed hashicorp/aws v6.67.0');
  });

  it('never takes a version that the stack does not allow', () => {
    publish('7.0.0');
    expect(lock()).toContain('version 6.67.0');
  });

  it('has Terraform refuse a package that was replaced', () => {
    publish('6.67.0', 'something else');
    const { status, said } = init();
    expect(status).toBe(1);
    expect(said.replaceAll(/\s+/g, ' ')).toContain("doesn't match any of the checksums previously recorded");
  });
});
