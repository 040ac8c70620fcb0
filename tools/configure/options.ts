import { Command } from 'commander';
import { flagOf, choicesOf } from './answer';
import { questions } from './questions';

export interface ConfigureOptions {
  readonly environment: string;
  /** Answers by the id of their question. */
  readonly flags: Readonly<Record<string, string>>;
  readonly yes: boolean;
  readonly all: boolean;
  readonly lookUp: boolean;
}

/** Reads the command line; ends the process with code 2 and one line on standard error for wrong usage. */
export function parseOptions(argv: readonly string[]): ConfigureOptions {
  const command = new Command('npm run configure --')
    .description(
      'Writes environments/ENVIRONMENT.json: asks what it cannot look up in AWS, and begins with what the file says ' +
        'already. Every question is also an option; an empty value ("") takes a field out.',
    )
    .argument('<environment>', 'name of the environment, such as production')
    .option(
      '--yes',
      'ask nothing: options, then what the file says, then what is looked up, then defaults',
      false,
    )
    .option('--all', 'ask also what is looked up, and what few change', false)
    .option('--no-look-up', 'ask AWS for nothing');
  for (const question of questions) {
    const choices = choicesOf(question);
    const value = choices
      ? `<${choices.join('|')}>`
      : `<${typeof question.kind === 'string' ? question.kind : ''}>`;
    command.option(`${flagOf(question)} ${value}`, `${question.text}. ${question.explanation}`);
  }
  command
    .helpOption('--help', 'show this help')
    .addHelpText(
      'after',
      '\nExit code: 0 when the file says what was answered; 1 when it is refused; 2 for wrong usage; 130 for Ctrl-C.',
    )
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .exitOverride((exit) => process.exit(exit.exitCode === 0 ? 0 : 2));
  command.parse(argv, { from: 'user' });
  const { yes, all, lookUp, ...flags } = command.opts<
    Record<string, string> & Omit<ConfigureOptions, 'flags'>
  >();
  return { environment: command.args[0] ?? '', flags, yes, all, lookUp };
}
