/**
 * Characters that make a spreadsheet run a cell as a formula (https://owasp.org/www-community/attacks/CSV_Injection),
 * full-width ones included. Names of users and accounts may start with any of them.
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const LINE_BREAKS = /[\r\n]+/g;
/** A quick test: hardly any of hundreds of millions of cells need more than this. */
const SPECIAL = /^[=+\-@\t＝＋－＠]|[",\r\n]/;

/** One line of a table (RFC 4180). A cell that could run as a formula gets a leading apostrophe. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\n`;
}

function cell(text: string): string {
  if (!SPECIAL.test(text)) return text;
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  // Athena's CSV reader ends a row at every line break, even inside quotes.
  return `"${harmless.replace(LINE_BREAKS, ' ').replaceAll('"', '""')}"`;
}
