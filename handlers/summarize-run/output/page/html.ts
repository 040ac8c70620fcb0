/** Safe HTML: every interpolated value is escaped, unless it is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

export type Value = string | number | Html | readonly Value[] | undefined;

export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  // Without this, the indentation of the source would be half of the page.
  const parts = strings.map((literal, index) => literal.replace(/\s+/g, ' ') + textOf(values[index]));
  return new Html(parts.join(''));
}

function textOf(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'number') return value.toLocaleString('en');
  return typeof value === 'string' ? escaped(value) : value.map(textOf).join('');
}

/** Safe between tags and in quoted attributes. Control characters never reach the page. */
function escaped(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** At most `max` characters of a text. */
export function truncate(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}

/** A time to the minute: `2026-11-22 08:00 UTC`. */
export const formatTime = (time: string) => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
