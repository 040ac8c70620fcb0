import { problemsOfName } from '../../constructs/environment/problems';
import { commandLine } from '../../local/command-line';
import { choicesOf, flagOf } from './answer';
import type { Flags } from './apply-answers';
import { type Question, answerKind, explanationOf } from './question';
import { questions } from './questions';

export interface ConfigureOptions {
  readonly environment: string;
  readonly flags: Flags;
  readonly yes: boolean;
  readonly all: boolean;
  readonly lookUp: boolean;
}

/** Reads the command line; ends the process with code 2 and one line on standard error for wrong usage. */
export function parseOptions(argv: readonly string[]): ConfigureOptions {
  const command = commandLine({
    script: 'configure',
    description:
      'Writes environments/ENVIRONMENT.json: starts from what the file says, looks up what AWS knows, and asks for the ' +
      'rest. Every question is also an option; an empty value ("") removes the field.',
    exitCodes: '0: the file has the answers; 1: they are not valid; 130: Ctrl-C',
  })
    .argument('<environment>', 'name of the environment, such as production')
    .option('--yes', 'ask nothing; use options, the file, what AWS knows, and defaults, in this order')
    .option('--all', 'also ask for what is looked up and for what few people change')
    .option('--no-look-up', 'do not call AWS; only the Region is taken from the AWS configuration');
  for (const question of questions) {
    command.option(`${flagOf(question)} <${valueName(question)}>`, explanationOf(question));
  }
  command.check((_options, [name]) =>
    name === undefined ? [] : problemsOfName(name).map(({ text }) => text),
  );
  command.parse(argv, { from: 'user' });
  const {
    yes = false,
    all = false,
    lookUp,
    ...flags
  } = command.opts<Record<string, string> & { yes?: boolean; all?: boolean; lookUp: boolean }>();
  return { environment: command.args[0] ?? '', flags, yes, all, lookUp };
}

const valueName = (question: Question) => choicesOf(question)?.join('|') ?? answerKind(question);
