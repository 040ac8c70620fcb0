import { InvalidArgumentError } from 'commander';
import { CheckedCommand } from './checked-command';
import { printableLine } from './printable';
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

/** Ends the message about wrong usage. */
const helpHint = (script: string) => `see npm run ${script} -- --help`;

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
 * standard error for each mistake; the last one points to `--help`.
 */
export function commandLine({
  script,
  description,
  exitCodes,
  terminal = processTerminal,
}: CommandLineProps): CheckedCommand {
  handleStreamErrors();
  const refuse = (problems: readonly string[]): never => {
    const lines = problems.map((problem) => `error: ${printableLine(problem)}`).join('\n');
    terminal.err(`${lines}; ${helpHint(script)}\n`);
    return terminal.exit(2);
  };
  return new CheckedCommand({ script, refuse })
    .description(description)
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', `\nExit codes: ${exitCodes}; 2: wrong usage`)
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .exitOverride(() => terminal.exit(0));
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

/** Parses the path of a folder. A shell leaves the tilde of `--out=~/reports` as it is: reports would land in a folder `~`. */
export const folderPath = (text: string): string => pathOf('folder', text);

/** Parses the path of a file, likewise. */
export const filePath = (text: string): string => pathOf('file', text);

function pathOf(kind: string, text: string): string {
  if (/^~(?![^/\\])/.test(text))
    throw new InvalidArgumentError(
      'The shell has not replaced ~; write a space before it, or the full path.',
    );
  if (text.trim() === '') throw new InvalidArgumentError(`It must be the path of a ${kind}.`);
  return text;
}

function numberThat(isValid: (value: number, text: string) => boolean, expected: string) {
  return (text: string): number => {
    const value = Number(text);
    if (isValid(value, text)) return value;
    throw new InvalidArgumentError(`It must be ${expected}.`);
  };
}
