import { Command, InvalidArgumentError } from 'commander';
import { handleStreamErrors } from './standard-streams';

/** What a command line prints to, and how it ends. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly exit: (code: number) => never;
}

const processTerminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  exit: (code) => process.exit(code),
};

/** What was asked for on a command line is not possible, as only the command itself can know. */
export class WrongUsage extends Error {}

/** Ends the message about wrong usage. */
export const helpHint = (script: string) => `see npm run ${script} -- --help`;

interface CommandLineProps {
  /** Script of package.json, such as `local`. */
  readonly script: string;
  readonly description: string;
  /** What the exit codes other than 2 mean. */
  readonly exitCodes: string;
  /** @default - that of this process */
  readonly terminal?: Terminal;
}

/**
 * A command of this project. `-h` and `--help` print help; wrong usage ends the process with code 2 and one line on
 * standard error, which names the mistake and points to `--help`.
 */
export function commandLine({
  script,
  description,
  exitCodes,
  terminal = processTerminal,
}: CommandLineProps): Command {
  handleStreamErrors();
  const command = new Command(`npm run ${script} --`);
  return command
    .description(description)
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', `\nExit codes: ${exitCodes}; 2: wrong usage`)
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      outputError: (message, write) => {
        const mistake = message.trim().replace(/\.$/, '');
        // Names them: one may be the value of an option that took the next option for its own value.
        const found = mistake.includes('too many arguments') ? `: ${command.args.join(' ')}` : '';
        write(`${mistake}${found}; ${helpHint(script)}\n`);
      },
    })
    .exitOverride(({ exitCode }) => terminal.exit(exitCode === 0 ? 0 : 2));
}

/** Parses a whole number from `least` to `most`, both included. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  const digits = least < 0 ? /^-?\d+$/ : /^\d+$/;
  return numberThat(
    (value, text) => digits.test(text) && value >= least && value <= most,
    `a whole number from ${least} to ${most}`,
  );
}

/** Parses a number from `least` to `most`, both included, such as a number of seconds. */
export function decimalNumber(least: number, most: number): (text: string) => number {
  return numberThat(
    (value, text) => text.trim() !== '' && value >= least && value <= most,
    `a number from ${least} to ${most}`,
  );
}

/** Parses the path of a folder. */
export function folderPath(text: string): string {
  if (text === '') throw new InvalidArgumentError('It must be the path of a folder.');
  return text;
}

function numberThat(isValid: (value: number, text: string) => boolean, expected: string) {
  return (text: string): number => {
    const value = Number(text);
    if (isValid(value, text)) return value;
    throw new InvalidArgumentError(`It must be ${expected}.`);
  };
}
