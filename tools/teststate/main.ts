/** Has AWS's own engine judge the state machine of an environment: `npm run verify:teststate -- NAME`. */
import { SFNClient } from '@aws-sdk/client-sfn';
import { awsConfiguration } from '../../local/aws-configuration/aws-configuration';
import { commandLine } from '../../local/command-line';
import { problemsOfEnvironment } from '../../local/environment-option';
import { unlessAborted } from '../../local/interruption';
import { printableLine } from '../../local/printable';
import { runCommand } from '../../local/run-command';
import { readStack } from '../../local/synthesized-stack';
import { Synthesis } from '../../local/synthesis';
import { askAws } from './ask-aws';
import { type JudgedCase, casesOf } from './cases';
import { differences } from './compare';
// Last: see there.
import { interruption } from '../../local/signals';

/** Stands for the account in ARNs, which no test calls. */
const ACCOUNT = '123456789012';

const command = commandLine({
  script: 'verify:teststate',
  description:
    "Sends each state of an environment's state machine to AWS Step Functions (TestState) with made-up results and errors, and " +
    'compares what AWS says with the interpreter of the local run. Deploys, calls and changes nothing. Uses the credentials ' +
    'of the shell (AWS_PROFILE), which need states:TestState in any account, and the Region of the environment.',
  exitCodes: '0: both agree; 1: they differ, or AWS could not be asked; 130: Ctrl-C',
})
  .argument('<environment>', 'name of a file in environments/')
  .option(
    '--role-arn <arn>',
    'role that Step Functions may assume, if AWS demands one for states that call nothing (Choice, Wait, Succeed, Fail); ' +
      'needs iam:PassRole, and no permission of its own',
  )
  .check<object>((_options, [name]) => problemsOfEnvironment(name))
  .parse();

async function main(): Promise<number> {
  const { roleArn } = command.opts<{ roleArn?: string }>();
  const { signal } = interruption;
  const { client: configuration } = await awsConfiguration(process.env);
  const synthesis = await Synthesis.make({ signal });
  const { region, stateMachine } = readStack(synthesis.fileOf(command.args[0] ?? ''), ACCOUNT);
  synthesis.remove();
  // AWS serves TestState at sync-states.REGION.amazonaws.com; an emulator's endpoint has no such second name.
  const disableHostPrefix = process.env.AWS_ENDPOINT_URL_SFN !== undefined;
  const client = new SFNClient({ ...configuration, region, disableHostPrefix });
  const cases = await casesOf(stateMachine.definition, stateMachine);
  const counts = { cases: cases.length, states: 0, different: 0 };
  for (const [name, ofState] of Map.groupBy(cases, (one) => one.name)) {
    const found: string[] = [];
    for (const one of ofState) {
      const asked = askAws({ client, machine: stateMachine, roleArn }, one);
      found.push(...differences(one, await unlessAborted(signal, asked)));
    }
    report(name, ofState, found);
    counts.states += 1;
    if (found.length > 0) counts.different += 1;
  }
  const { states, different } = counts;
  const outcome = different === 0 ? 'agree on every state' : `differ on ${different} of them`;
  console.log(
    `${states} states, ${counts.cases} cases: AWS in ${region} and the local interpreter ${outcome}`,
  );
  return different === 0 ? 0 : 1;
}

function report(name: string, { length }: readonly JudgedCase[], found: readonly string[]): void {
  const count = length === 1 ? '1 case' : `${length} cases`;
  console.log(printableLine(`${found.length === 0 ? 'ok     ' : 'problem'}  ${name} (${count})`));
  for (const line of found) console.log(`           ${printableLine(line)}`);
}

runCommand(async () => {
  try {
    return await main();
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    console.error('Interrupted: not every state was tested');
    // A request may still be on its way.
    process.exit(interruption.exitCode);
  }
});
