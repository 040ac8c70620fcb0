/**
 * What a spreadsheet would run as a formula (https://owasp.org/www-community/attacks/CSV_Injection), also in
 * full-width characters. Names of users and accounts may begin with any of them.
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const LINE_BREAKS = /[\r\n]+/g;
const NEEDS_QUOTES = /[",]/;
/** Any of these; most of hundreds of millions of cells have none. */
const SPECIAL = /^[=+\-@\t＝＋－＠]|[",\r\n]/;

/** One line of a table, after RFC 4180; a formula begins with an apostrophe and is text. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\n`;
}

function cell(text: string): string {
  if (!SPECIAL.test(text)) return text;
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  // Athena's CSV reader takes every line break for the end of a row, quotes or not.
  const line = harmless.replace(LINE_BREAKS, ' ');
  return NEEDS_QUOTES.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
