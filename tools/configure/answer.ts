/** Answers as text, and as what the environment file says. */
import type { Question } from './questions';

/** `undefined` takes the field out; a text where none is allowed is an answer that cannot be read. */
export function valueOf({ kind }: Question, answer: string): unknown {
  const text = answer.trim();
  if (text === '') return undefined;
  switch (kind) {
    case 'number':
      return /^\d+$/.test(text) ? Number(text) : text;
    case 'list':
      return text.split(/[\s,]+/).filter((item) => item !== '');
    case 'record':
      return text.split(',').every((item) => item.includes('='))
        ? Object.fromEntries(text.split(',').map(pair))
        : text;
    case 'yes-no':
      return yesNo[text] ?? text;
    default:
      return text;
  }
}

/** As it is asked, and as the file says it. */
const yesNo: Readonly<Record<string, boolean>> = { yes: true, true: true, no: false, false: false };

function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map((entry) => entry.join('='))
      .join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What there is to choose from, where an answer is one of few. */
export function choicesOf({ kind }: Question): readonly string[] | undefined {
  if (kind === 'yes-no') return ['yes', 'no'];
  return typeof kind === 'object' ? kind.oneOf : undefined;
}

/** Answers by the id of their question, as options for a shell. */
export const asOptions = (answers: Readonly<Record<string, string>>) =>
  Object.entries(answers).map(([id, answer]) => `${flagOf({ id })} ${quoted(answer)}`);

const quoted = (text: string) =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** `reportRoleName` is `--report-role-name`. */
export function flagOf({ id }: Pick<Question, 'id'>): string {
  return `--${id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
