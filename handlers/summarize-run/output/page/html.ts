/** HTML that is safe: every value is escaped but HTML itself. */
export class Html {
  constructor(readonly text: string) {}
}

export type Value = string | number | Html | readonly Value[] | undefined;

export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  // The indentation of the source would be half of the page.
  const parts = strings.map((literal, index) => literal.replace(/\s+/g, ' ') + textOf(values[index]));
  return new Html(parts.join(''));
}

function textOf(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'number') return value.toLocaleString('en');
  return typeof value === 'string' ? escaped(value) : value.map(textOf).join('');
}

/** Safe between tags and in quoted attributes. */
function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text in full if it is short. */
export function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** One or many of something. */
export function some(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
