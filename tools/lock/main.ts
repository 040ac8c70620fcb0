/** Records the AWS provider that an environment is deployed with: `npm run lock -- ENVIRONMENT`. */
import { join, relative, resolve } from 'node:path';
import { App } from 'cdktf';
import { CredentialReportStack } from '../../constructs/credential-report-stack';
import type { Environment } from '../../constructs/environment/environment';
import { readEnvironments } from '../../constructs/environment/environment-files';
import { lockPath, lockedVersion } from '../../constructs/environment/lock-files';
import { writeWhole } from '../../constructs/write-file';
import { commandLine, folderPath } from '../../local/command-line';
import { problemsOfEnvironment } from '../../local/environment-option';
import { runCommand } from '../../local/run-command';
import { TemporaryFolder } from '../../local/temporary-folder';
import { projectRoot } from '../support/project-root';
import { providerLock } from './provider-lock';
// Last: see there.
import { interruption } from '../../local/signals';

/** Those that the provider is built for, and people and pipelines run Terraform on. */
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64', 'windows_amd64'];

interface Options {
  platform?: string[];
  fsMirror?: string;
}

const command = commandLine({
  script: 'lock',
  description:
    'Writes environments/NAME.terraform.lock.hcl, which keeps an environment at one version of the AWS provider: the newest ' +
    'that the stack allows and Terraform finds. Commit the file, and run this again to upgrade. Downloads the provider for ' +
    'each platform, which takes minutes.',
  exitCodes: '0: written; 1: Terraform failed, and nothing was written; 130: Ctrl-C',
})
  .argument('[environments...]', 'names of environments (default: all)')
  .option(
    '--platform <os_arch>',
    `platform that Terraform runs on; repeat it for several (default: ${PLATFORMS.join(', ')})`,
    (platform: string, before: readonly string[] | undefined) => [...(before ?? []), platform],
  )
  .option(
    '--fs-mirror <folder>',
    'take the provider from a folder that `terraform providers mirror` wrote',
    folderPath,
  )
  .check<Options>(({ platform = [] }, names) => [
    ...names.flatMap((name) => problemsOfEnvironment(name)),
    ...platform
      .filter((one) => !/^[a-z0-9]+_[a-z0-9]+$/.test(one))
      .map((one) => `--platform must be OS_ARCH, such as linux_amd64; got ${JSON.stringify(one)}`),
  ])
  .parse();

async function main(): Promise<number> {
  const { platform: platforms = PLATFORMS, fsMirror } = command.opts<Options>();
  const folder = relative('', join(projectRoot, 'environments'));
  const environments = readEnvironments(folder);
  const names = command.args.length > 0 ? [...new Set(command.args)] : [...environments.keys()];
  console.error(`Locking the AWS provider of ${names.join(', ')} for ${platforms.join(', ')}`);
  try {
    const lock = await providerLock({
      requiredProviders: requiredProviders(environments),
      platforms,
      fsMirror: fsMirror === undefined ? undefined : resolve(fsMirror),
      signal: interruption.signal,
      onProgress: (line) => {
        console.error(line);
      },
    });
    for (const name of names) {
      writeWhole(lockPath(folder, name), lock);
      console.log(`Wrote ${lockPath(folder, name)}: version ${lockedVersion(lock) ?? 'unknown'}`);
    }
    return 0;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    console.error('Interrupted: nothing was written');
    return interruption.exitCode;
  }
}

/** What every stack requires alike. */
function requiredProviders(environments: ReadonlyMap<string, Environment>): object {
  const outdir = new TemporaryFolder('stack');
  const app = new App({ outdir: outdir.path });
  const [stack] = [...environments].map(([name, one]) => new CredentialReportStack(app, name, one));
  outdir.remove();
  const { terraform } = stack?.toTerraform() as { terraform: { required_providers: object } };
  return terraform.required_providers;
}

runCommand(main);
