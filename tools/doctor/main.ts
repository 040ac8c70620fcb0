/** Says whether an environment can be deployed, and whether a deployment is well: `npm run doctor -- NAME`. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InvalidEnvironments, readEnvironments } from '../../constructs/environment/environment-files';
import { lockPath } from '../../constructs/environment/lock-files';
import { awsConfiguration } from '../../local/aws-configuration/aws-configuration';
import { commandLine } from '../../local/command-line';
import { problemsOfEnvironment } from '../../local/environment-option';
import { printableJson } from '../../local/printable';
import { runCommand } from '../../local/run-command';
import { unlessAborted } from '../../local/interruption';
import { projectRoot } from '../support/project-root';
import { Progress } from '../support/progress';
import { examine } from './examine';
import { linesOf } from './print';
import type { SubjectProps } from './subject';
// Last: see there.
import { interruption } from '../../local/signals';

const command = commandLine({
  script: 'doctor',
  description:
    'Says whether an environment can be deployed and, once it is, whether it is well: one line for each finding, and ' +
    'the command that mends it. Only reads, with the credentials of the shell (AWS_PROFILE); what they may not see is ' +
    '"unknown". docs/doctor-permissions.json has what it needs.',
  exitCodes: '0: no problem, perhaps warnings; 1: a problem; 130: Ctrl-C',
})
  .argument('<environment>', 'name of an environment')
  .option('--json', 'print one JSON object')
  .check((_options, [name]) => problemsOfEnvironment(name))
  .parse();

async function main(): Promise<number> {
  const [name = ''] = command.args;
  const { json = false } = command.opts<{ json?: boolean }>();
  const progress = new Progress(process.stderr, 'Checking');
  const examination = examine(await awsConfiguration(process.env), subjectProps(name), (...shown) => {
    progress.show(...shown);
  });
  const found = await unlessAborted(interruption.signal, examination);
  progress.clear();
  process.stdout.write(
    json ? printableJson(`${JSON.stringify(found, null, 2)}\n`) : `${linesOf(found).join('\n')}\n`,
  );
  return found.exitCode;
}

function subjectProps(name: string): SubjectProps {
  const folder = relative('', join(projectRoot, 'environments'));
  const environment = readEnvironments(folder).get(name);
  if (!environment) throw new InvalidEnvironments(`there is no environment ${name}`);
  const lock = lockPath(folder, name);
  return {
    name,
    environment,
    providerLock: existsSync(lock) ? readFileSync(lock, 'utf8') : undefined,
    now: new Date(),
  };
}

runCommand(async () => {
  try {
    return await main();
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    console.error('Interrupted');
    // Requests that are not answered would keep the process alive.
    process.exit(interruption.exitCode);
  }
});
