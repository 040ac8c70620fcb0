import { styleText } from 'node:util';
import input from '@inquirer/input';
import select from '@inquirer/select';
import { printableText } from '../../local/printable';
import { suspendable } from '../../local/suspendable';
import { defaultOf } from '../support/option-list';
import { formatAnswer } from './answer';
import { Interrupted, type Prompter, choicesWithProblems } from './interview';
import { explanationOf } from './question';

/** Streams to use instead of those of the process. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks on a terminal: for a line, with a proposal that Tab makes editable, or for one of several choices. */
export function terminalPrompter(terminal: Terminal): Prompter {
  const say = (line: string) => terminal.output.write(`${printableText(line)}\n`);
  return {
    say,
    async ask(question, proposal, problemsWith) {
      say('');
      try {
        return await suspendable(terminal.input, () => prompt(question, proposal, problemsWith, terminal));
      } catch (error) {
        throw isCtrlC(error) ? new Interrupted() : error;
      }
    },
  };
}

async function prompt(
  ...[question, proposal, problemsWith, terminal]: [...Parameters<Prompter['ask']>, Terminal]
): Promise<string> {
  const choices = choicesWithProblems(question, problemsWith);
  if (choices) {
    return select(
      {
        message: question.prompt,
        theme: themeWith(explanationOf(question)),
        default: proposal,
        choices: choices.map(({ value, problems }) => ({
          value,
          disabled: problems === '' ? false : `(${problems})`,
        })),
      },
      terminal,
    );
  }
  const defaultAnswer = formatAnswer(defaultOf(question.field));
  const canBeRemoved = proposal !== defaultAnswer && problemsWith('') === '';
  const hint = `[${REMOVE} ${defaultAnswer === '' ? 'leaves it empty' : 'for the default'}]`;
  const answer = await input(
    {
      message: question.prompt,
      theme: themeWith(explanationOf(question), canBeRemoved ? hint : ''),
      default: proposal,
      validate: (text) => problemsWith(fromPrompt(text)) || true,
    },
    terminal,
  );
  return fromPrompt(answer);
}

/** Shows the explanation below the prompt until it is answered. */
const themeWith = (explanation: string, hint = '') => ({
  style: {
    message: (text: string, status: 'idle' | 'done' | 'loading') =>
      status === 'done'
        ? styleText('bold', text)
        : [styleText('bold', text), ...wrap(explanation), `  ${hint}`.trimEnd()].join('\n'),
  },
});

/** The library breaks lines within words. */
const wrap = (text: string) => (text.match(/\S.{0,75}(?=\s|$)/g) ?? []).map((line) => `  ${line}`);

/** The library takes an empty line for its proposal, so removing a value needs a character. */
const REMOVE = '-';
const fromPrompt = (answer: string) => (answer.trim() === REMOVE ? '' : answer);

/** The library throws an error of this name. */
function isCtrlC(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError';
}
