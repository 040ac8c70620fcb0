/**
 * Characters that make a spreadsheet run a cell as a formula (https://owasp.org/www-community/attacks/CSV_Injection),
 * full-width ones included. Names of users and accounts may start with any of them. A control character counts, since a
 * spreadsheet may drop it and see what follows.
 */
const FORMULA = /^[=+\-@＝＋－＠\p{Cc}]/v;
/**
 * Line ends of any reader, and every other control character but the tab. Athena ends a row at a line break, even inside
 * quotes. Its escape character, U+0001 (constructs/queries/query-tables.ts), makes it read the quotation mark that ends a
 * cell as text, so that the rest of the row would disappear in this cell.
 */
const BREAKING = /[[\p{Cc}\p{Zl}\p{Zp}]--\t]+/gv;
/** A quick test: hardly any of hundreds of millions of cells need more than this. */
const SPECIAL = /^[=+\-@\t＝＋－＠]|[[",\p{Cc}\p{Zl}\p{Zp}]--\t]/v;

/** What a table contains; `null` stands for nothing, like an empty text. */
export type Cell = string | number | boolean | null;

/**
 * One line of a table (RFC 4180). A cell that could run as a formula gets a leading apostrophe; line breaks and other
 * control characters become a space, so that every reader finds the same cells.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${csvCells(cells)}\n`;
}

/** Some cells of such a line. */
export function csvCells(cells: readonly Cell[]): string {
  let text = '';
  for (const [index, content] of cells.entries()) text += index === 0 ? cell(content) : `,${cell(content)}`;
  return text;
}

function cell(content: Cell): string {
  const text = content === null ? '' : String(content);
  if (!SPECIAL.test(text)) return text;
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return `"${harmless.replace(BREAKING, ' ').replaceAll('"', '""')}"`;
}
