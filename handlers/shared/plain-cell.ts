/** An apostrophe that `csv-line.ts` may have put there: one before what a spreadsheet could run as a formula. */
const GUARDED = /^'[=+\-@＝＋－＠\t ]/v;

/**
 * The text of a cell without the apostrophe that `csv-line.ts` adds. Control characters that became a space stay spaces.
 * A name that starts with an apostrophe and one of these characters by itself loses the apostrophe too: a table does not
 * tell them apart. IAM allows no apostrophe in user names
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html); names of accounts may have one.
 */
export const plainCell = (cell: string): string =>
  // A comparison is quicker than the expression, and hardly any cell passes it.
  cell.startsWith("'") && GUARDED.test(cell) ? cell.slice(1) : cell;
