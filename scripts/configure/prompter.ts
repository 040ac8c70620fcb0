import input from '@inquirer/input';
import select from '@inquirer/select';
import { textOf } from './answer';
import { defaultOf } from './draft';
import { choicesFor, type Prompter, Stopped } from './interview';

/** Streams instead of those of the terminal. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks on a terminal: a line with a proposal that Tab lets edit, or a list to choose from. */
export function terminalPrompter(terminal: Terminal): Prompter {
  const say = (line: string) => terminal.output.write(`${line}\n`);
  return {
    say,
    async ask(question, proposal, problemsOf) {
      say(`\n${question.explanation}`);
      try {
        return await answerOf(question, proposal, problemsOf, terminal);
      } catch (error) {
        throw isCtrlC(error) ? new Stopped() : error;
      }
    },
  };
}

async function answerOf(
  ...[question, proposal, problemsOf, terminal]: [...Parameters<Prompter['ask']>, Terminal]
) {
  const choices = choicesFor(question, problemsOf);
  if (choices) {
    return select(
      {
        message: question.text,
        default: proposal,
        choices: choices.map(({ value, against }) => ({
          value,
          disabled: against === '' ? false : `(${against})`,
        })),
      },
      terminal,
    );
  }
  const mayGo = proposal !== textOf(defaultOf(question.field)) && problemsOf('') === '';
  const answer = await input(
    {
      message: mayGo ? `${question.text} [${TAKE_OUT} takes it out]` : question.text,
      default: proposal,
      validate: (answer) => problemsOf(meant(answer)) || true,
    },
    terminal,
  );
  return meant(answer);
}

/** To the library an empty line is its proposal. */
const TAKE_OUT = '-';
const meant = (answer: string) => (answer.trim() === TAKE_OUT ? '' : answer);

/** The library says so by the name of its error. */
function isCtrlC(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError';
}
