/** Prints what moves a deployed environment into the module: `npm run module:moves -- NAME`. */
import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { InvalidInput } from '../../constructs/error-text';
import { Environment } from '../../constructs/environment/environment';
import { readEnvironments } from '../../constructs/environment/environment-files';
import { commandLine } from '../../local/command-line';
import { problemsOfEnvironment } from '../../local/environment-option';
import { unlessAborted } from '../../local/interruption';
import { runCommand } from '../../local/run-command';
import { Synthesis } from '../../local/synthesis';
import { projectRoot } from '../support/project-root';
import { MODULE_FOLDER } from './module-folder';
import { type DeployedStack, moves } from './moves';
import { OPTIONS_WITHOUT_VARIABLE } from './option';
import { loggingAccount, oneAccount } from './variant';
// Last: see there.
import { interruption } from '../../local/signals';

const command = commandLine({
  script: 'module:moves',
  description:
    'Prints blocks for the configuration that calls the Terraform module: with them, Terraform moves the resources of a ' +
    'deployed environment into the module, and makes none of them anew. docs/module.md has the steps.',
  exitCodes:
    '0: printed; 1: the environment has options that the module does not have, or is not valid; 130: Ctrl-C',
})
  .argument('<environment>', 'name of an environment')
  .option('--built <folder>', 'folder that has the module', MODULE_FOLDER)
  .option('--module <name>', 'name of the module in your configuration', 'credential_reports')
  .check(({ module = '', built = '' }: { module?: string; built?: string }, [name]) => [
    ...(existsSync(join(built, 'main.tf'))
      ? []
      : [
          `${built} has no main.tf: write the module with npm run build:module, or name its folder with --built`,
        ]),
    ...problemsOfEnvironment(name),
    ...(/^[A-Za-z_][\w-]*$/.test(module)
      ? []
      : [`--module must be a name in Terraform: letters, digits, _ and -; got ${JSON.stringify(module)}`]),
  ])
  .parse();

async function main(): Promise<void> {
  const [name = ''] = command.args;
  const { module, built } = command.opts<{ module: string; built: string }>();
  const environment = readEnvironments(join(projectRoot, 'environments')).get(name);
  if (!environment) throw new InvalidInput(`there is no environment ${name}`);
  assertSupported(name, environment);
  const synthesis = await Synthesis.make({ signal: interruption.signal });
  try {
    const { roleDeployment, alertEmails } = environment;
    const targets = roleDeployment.kind === 'stack-set' ? roleDeployment.targets : undefined;
    const stack = JSON.parse(readFileSync(synthesis.fileOf(name), 'utf8')) as DeployedStack;
    const variant = environment.loggingAccount ? loggingAccount : oneAccount;
    const main = readFileSync(join(built, variant.folder, 'main.tf'), 'utf8');
    process.stdout.write(moves({ stack, items: [...(targets ?? []), ...alertEmails], module, main }));
  } finally {
    synthesis.remove();
  }
}

function assertSupported(name: string, environment: Environment): void {
  const usual = Environment.parse({});
  const lacking = OPTIONS_WITHOUT_VARIABLE.filter(
    (option) => !isDeepStrictEqual(environment[option], usual[option]),
  );
  const problems = [
    ...lacking,
    ...(environment.checks.exemptionsFile === undefined ? [] : ['checks.exemptionsFile']),
    ...(environment.bucket.kind === 'existing' ? ['bucket.kind "existing"'] : []),
    ...(environment.checks.exemptions.some((one) => 'accountTag' in one)
      ? ['checks.exemptions with accountTag']
      : []),
  ];
  if (problems.length > 0)
    throw new InvalidInput(
      `the module does not have what environments/${name}.json sets: ${problems.join(', ')}. Deploy without that first, or stay with the clone`,
    );
}

runCommand(() => unlessAborted(interruption.signal, main()));
