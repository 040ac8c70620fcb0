/** Writes an environment file from answers: `npm run configure -- ENVIRONMENT`. */
import { join, relative } from 'node:path';
import { Environment } from '../../constructs/environment/environment';
import { InvalidEnvironments } from '../../constructs/environment/environment-files';
import { warningsOf } from '../../constructs/environment/warnings';
import { errorText } from '../../constructs/error-text';
import { printableText } from '../../local/printable';
import { defaultOf } from '../support/option-list';
import { projectRoot } from '../support/project-root';
import { toShellOptions } from './answer';
import { InvalidAnswers } from './apply-answers';
import { lookUpAws } from './aws-context';
import { EnvironmentFile } from './environment-file';
import type { EnvironmentJson } from './environment-json';
import { Interrupted, interview } from './interview';
import { type ConfigureOptions, parseOptions } from './options';
import { terminalPrompter } from './prompter';

/** Questions cannot be asked without a terminal. */
class NoTerminal extends Error {}

/** Answers so far, and the command to continue with them: what a person would lose by Ctrl-C. */
const answers: Record<string, string> = {};
let commandSoFar = '';

const savedRegion = ({ region }: EnvironmentJson) =>
  typeof region === 'string' && region !== '' ? region : undefined;

async function main({ environment: name, flags, yes, all, lookUp }: ConfigureOptions): Promise<void> {
  if (!yes && !(process.stdin.isTTY && process.stdout.isTTY)) {
    throw new NoTerminal(
      'questions need a terminal; answer them with options and add --yes; see npm run configure -- --help',
    );
  }
  const file = new EnvironmentFile(relative('', join(projectRoot, 'environments')), name);
  const saved = file.read();
  const { say, ask } = terminalPrompter({ input: process.stdin, output: process.stdout });
  const fallbackRegion = flags.region ?? savedRegion(saved) ?? String(defaultOf('region'));
  const aws = await lookUpAws(fallbackRegion, lookUp);
  aws.notes.forEach(say);

  Object.assign(answers, flags);
  commandSoFar = `npm run configure -- ${name}${all ? ' --all' : ''}${lookUp ? '' : ' --no-look-up'}`;
  const json = await interview({
    ...{ name, saved, path: file.path, flags, aws, others: file.others(), all, say },
    onAnswer: (id, answer) => {
      answers[id] = answer;
    },
    ...(!yes && { ask }),
  });
  const hasChanged = await file.write(json);
  say(`\n${hasChanged ? 'Wrote' : 'No changes to'} ${file.path}`);
  warningsOf(Environment.parse(json)).forEach((warning) => {
    say(`warning: ${warning}`);
  });
  say(`Next: npm run golden && npm run doctor -- ${name} && cdktf diff ${name}`);
}

function fail(error: unknown): void {
  if (error instanceof Interrupted) interrupt();
  const isInvalid = error instanceof InvalidAnswers || error instanceof InvalidEnvironments;
  const text = printableText(isInvalid ? `${error.message}\nNothing was written` : errorText(error));
  console.error(text);
  const isWrongUsage =
    error instanceof NoTerminal || (error instanceof InvalidAnswers && error.optionsConflict);
  process.exitCode = isWrongUsage ? 2 : 1;
}

function interrupt(): never {
  console.error('\nInterrupted: nothing was written');
  if (Object.keys(answers).length > 0) {
    const command = [commandSoFar, ...toShellOptions(answers)].join(' ');
    console.error(`To continue with the answers so far:\n  ${command}`);
  }
  process.exit(130);
}

// Between two questions, Ctrl-C arrives as a signal.
process.once('SIGINT', interrupt);
const options = parseOptions(process.argv.slice(2));
void main(options).catch(fail);
