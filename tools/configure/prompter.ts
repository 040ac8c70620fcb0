import { styleText } from 'node:util';
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
      say('');
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
        theme: explained(question.explanation),
        default: proposal,
        choices: choices.map(({ value, against }) => ({
          value,
          disabled: against === '' ? false : `(${against})`,
        })),
      },
      terminal,
    );
  }
  const byDefault = textOf(defaultOf(question.field));
  const mayGo = proposal !== byDefault && problemsOf('') === '';
  const whatGoes = byDefault === '' ? 'leaves it empty' : 'for the default';
  const answer = await input(
    {
      message: question.text,
      theme: explained(question.explanation, mayGo ? `[${TAKE_OUT} ${whatGoes}]` : ''),
      default: proposal,
      validate: (answer) => problemsOf(meant(answer)) || true,
    },
    terminal,
  );
  return meant(answer);
}

/** The question, below it what it is about; what is answered stays as the question alone. */
const explained = (explanation: string, hint = '') => ({
  style: {
    message: (text: string, status: 'idle' | 'done' | 'loading') =>
      status === 'done'
        ? styleText('bold', text)
        : [styleText('bold', text), ...linesOf(explanation), `  ${hint}`.trimEnd()].join('\n'),
  },
});

/** The library breaks lines within words. */
const linesOf = (text: string) => (text.match(/\S.{0,75}(?=\s|$)/g) ?? []).map((line) => `  ${line}`);

/** To the library an empty line is its proposal. */
const TAKE_OUT = '-';
const meant = (answer: string) => (answer.trim() === TAKE_OUT ? '' : answer);

/** The library says so by the name of its error. */
function isCtrlC(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError';
}
