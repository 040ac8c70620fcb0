/** What a spreadsheet would run as a formula, see `csv-line.ts`. */
const FORMULA = /^[=+\-@＝＋－＠\t\r]/;

/** Rows as CSV, as the tables of the run have it. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');

function cellOf(value: string | number): string {
  const text = String(value);
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",'\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
