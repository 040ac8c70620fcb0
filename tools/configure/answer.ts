/** Answers as people write them, and the values that an environment file has for them. */
import { shellWord } from '../../local/shell-word';
import { defaultOf, optionsOf } from '../support/option-list';
import { type Question, answerKind } from './question';

/**
 * The value of an answer, or `undefined` for an empty answer, which removes the field. Text that cannot be read stays
 * text: the schema refuses it.
 */
export function parseAnswer(question: Question, answer: string): unknown {
  const text = answer.trim();
  if (text === '') return undefined;
  switch (answerKind(question)) {
    case 'number':
      return /^\d+$/.test(text) ? Number(text) : text;
    case 'list':
      // An empty list may mean something else than no list.
      return text === EMPTY_LIST ? [] : text.split(/[\s,]+/).filter((item) => item !== '');
    case 'pairs':
      return text.split(',').every((item) => item.includes('='))
        ? Object.fromEntries(text.split(',').map(parsePair))
        : text;
    case 'yes-no':
      return yesOrNo[text] ?? text;
    default:
      return text;
  }
}

const EMPTY_LIST = '[]';

const yesOrNo: Readonly<Record<string, boolean>> = { yes: true, true: true, no: false, false: false };

function parsePair(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** The answer that leaves a field as the file has it. */
export function savedAnswer({ field }: Pick<Question, 'field'>, value: unknown): string {
  const isEmptyList = Array.isArray(value) && value.length === 0;
  return isEmptyList && defaultOf(field) === undefined ? EMPTY_LIST : formatAnswer(value);
}

/** A value as a person would answer it. */
export function formatAnswer(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map((entry) => entry.join('='))
      .join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The answers to choose from, if there are only some. */
export function choicesOf(question: Question): readonly string[] | undefined {
  switch (answerKind(question)) {
    case 'yes-no':
      return ['yes', 'no'];
    case 'choice':
      return optionsOf(question.field).flatMap(({ choices }) => choices.map(String));
    default:
      return undefined;
  }
}

/** Answers, by the ID of their question, as options to paste into a shell. */
export const toShellOptions = (answers: Readonly<Record<string, string>>) =>
  Object.entries(answers).map(([id, answer]) => `${flagOf({ id })} ${shellWord(answer)}`);

/** `reportRoleName` is `--report-role-name`. */
export function flagOf({ id }: Pick<Question, 'id'>): string {
  return `--${id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
